package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// counting serves a tally on a free port for as long as the test lasts.
func counting(t *testing.T) (*tally, string) {
	t.Helper()
	counted := newTally("run-0123456789")
	port, err := counted.serve(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	return counted, fmt.Sprintf("127.0.0.1:%d", port)
}

func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for range 2000 {
		if holds() {
			return
		}
		time.Sleep(2 * time.Millisecond)
	}
	t.Fatal("never came: " + what)
}

func TestANewPodSendsFromItsFirstInstantAndTheFarSideCountsIt(t *testing.T) {
	counted, target := counting(t)
	born = time.Now()
	file := filepath.Join(t.TempDir(), "report")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	args := []string{"-id", "run-0123456789-pod", "-accept", "run-0123456789", "-target", target, "-every", "1ms", "-for", "200ms", "-report", file}
	if err := startUp(t.Context(), args, &out); err != nil {
		t.Fatal(err)
	}
	var said sent
	written, err := os.ReadFile(file)
	if err != nil || json.Unmarshal(written, &said) != nil || strings.TrimSpace(out.String()) != string(written) {
		t.Fatalf("the report %q is not what was printed, %q", written, out.String())
	}
	if said.Datagrams < 20 || said.Dials < 2 || said.Connected < 2 || said.Failed > 0 || said.First > 100_000 || said.Gap < said.First || said.Gap > 150_000 {
		t.Fatalf("a report that says too little: %+v", said)
	}
	eventually(t, "the count of the far side", func() bool {
		one := counted.all()["run-0123456789-pod"]
		return one.Datagrams == said.Datagrams && one.Connections >= 2 && one.First <= one.Last && one.Bytes > 20*one.Datagrams
	})
}

func TestANewPodCountsWhatItIsSentByThoseItAccepts(t *testing.T) {
	received := newReceipt("run-0123456789", time.Now())
	for _, line := range []string{"run-0123456789-hammer 0\n", "somebody-else 0\n", "run-0123456789-hammer 0\n"} {
		received.take(line, func(counted *account) { counted.Datagrams++ })
	}
	if total := received.total(); total.Datagrams != 2 || total.Bytes != 48 || total.Last < total.First {
		t.Fatalf("got %+v", total)
	}
}

func TestATallyTakesNothingFromStrangers(t *testing.T) {
	counted := newTally("run-0123456789")
	for _, line := range []string{"somebody-else 5\n", "run-0123456789-pod\n", "run-0123456789-pod five\n", "\x00\xff"} {
		if counted.take(line, false) {
			t.Errorf("took %q", line)
		}
	}
	if len(counted.all()) > 0 {
		t.Fatalf("got %v", counted.all())
	}
}

func TestAHammerReachesAnAddressInEveryRound(t *testing.T) {
	socket, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	addresses, err := addressesIn("127.0.0.0/30")
	if err != nil || len(addresses) != 2 {
		t.Fatalf("got %v, %v", addresses, err)
	}
	h := &hammer{line: []byte("run-0123456789-hammer 0\n"), port: portOf(socket.LocalAddr()), addresses: addresses, pace: 5000, hops: 3}
	ctx, end := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer end()
	if err := h.run(ctx); err != nil {
		t.Fatal(err)
	}
	// 300 ms at this pace are 1500 datagrams: a hammer without pauses would send many times as many.
	if done := h.state(); done.Rounds < 100 || done.Sent > 2500 {
		t.Fatalf("got %+v", done)
	}
	sources := map[string]bool{}
	buffer := make([]byte, 512)
	for range 40 {
		_ = socket.SetReadDeadline(time.Now().Add(time.Second))
		_, from, err := socket.ReadFrom(buffer)
		if err != nil {
			t.Fatal(err)
		}
		sources[from.String()] = true
	}
	if len(sources) < 20 {
		t.Fatalf("40 rounds came from %d ports only", len(sources))
	}
}

func TestNoTwoAttemptsComeFromTheSamePort(t *testing.T) {
	seen := map[string]bool{}
	for range 2000 {
		socket, err := dialFresh("127.0.0.1:9")
		if err != nil {
			t.Fatal(err)
		}
		if port := socket.LocalAddr().String(); seen[port] {
			t.Fatalf("%s came twice", port)
		} else {
			seen[port] = true
		}
		_ = socket.Close()
	}
}

func TestNetworksOfAHammerAreRefused(t *testing.T) {
	for _, networks := range []string{"", "10.0.0.0", "fd00::/120", "10.0.0.0/8"} {
		if _, err := addressesIn(networks); err == nil {
			t.Errorf("took %q", networks)
		}
	}
}

func TestAStreamSaysWhenTheWayClosesAndOpensAndHoldsItsConnection(t *testing.T) {
	serving, stop := context.WithCancel(t.Context())
	port, err := newTally("run-0123456789").serve(serving, 0)
	if err != nil {
		t.Fatal(err)
	}
	log := &journal{}
	s := &stream{id: "run-0123456789-stream", target: fmt.Sprintf("127.0.0.1:%d", port), every: 3 * time.Millisecond, lost: 20, out: json.NewEncoder(log)}
	go s.attempts(t.Context())
	go s.hold(t.Context())
	eventually(t, "the way open, the connection in use", func() bool { now := s.state(); return now.Open && now.Held.Established && now.Held.Answers > 2 })
	stop()
	eventually(t, "the way closed", func() bool { return strings.Contains(log.String(), "closed") })
	if _, err := newTally("run-0123456789").serve(t.Context(), port); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the way open again", func() bool { return strings.Count(log.String(), `"open"`) == 2 })
	var turns []turn
	for line := range strings.Lines(log.String()) {
		var one turn
		if err := json.Unmarshal([]byte(line), &one); err != nil {
			t.Fatal(err)
		}
		turns = append(turns, one)
	}
	if turns[0].State != "open" || turns[1].State != "closed" || turns[2].State != "open" || turns[1].At > turns[2].At {
		t.Fatalf("got %v", turns)
	}
}

func TestAModeIsAskedInItsPod(t *testing.T) {
	name := fmt.Sprintf("@plumbline-test-%d", os.Getpid())
	if err := answerAsks(t.Context(), name, func() any { return hammered{Rounds: 7} }); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := askRunning(name, &out); err != nil || !strings.Contains(out.String(), `"rounds":7`) {
		t.Fatalf("got %q, %v", out.String(), err)
	}
	if err := askRunning(name+"-absent", &out); err == nil {
		t.Fatal("expected a sentence about nobody to ask")
	}
}
