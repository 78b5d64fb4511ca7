package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/netip"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

const nonce = "n-0123456789abcdef"

// started runs a listener on free ports and returns what its first log line says, and its log.
func started(t *testing.T) (listening, *journal) {
	t.Helper()
	log := &journal{}
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	ended := make(chan error, 1)
	go func() { ended <- listen(ctx, options{id: "production/exposed-1", tcp: []int{0}, udp: []int{0}}, log) }()
	for range 500 {
		if text := log.String(); strings.Contains(text, "listening") {
			var line listening
			if err := json.Unmarshal([]byte(strings.SplitN(text, "\n", 2)[0]), &line); err != nil {
				t.Fatal(err)
			}
			return line, log
		}
		select {
		case err := <-ended:
			t.Fatal(err)
		case <-time.After(2 * time.Millisecond):
		}
	}
	t.Fatal("the listener never said that it listens")
	return listening{}, nil
}

type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(data []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(data)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

func attempts(t *testing.T, p prober, window int, cells ...cell) []result {
	t.Helper()
	line, err := json.Marshal(request{TimeoutMs: window, Cells: cells})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := probe(context.Background(), p, bytes.NewReader(append(line, '\n')), &out); err != nil {
		t.Fatal(err)
	}
	if lines := strings.Count(out.String(), "\n"); lines != 1 {
		t.Fatalf("expected one line of results, got %d", lines)
	}
	var answered response
	if err := json.Unmarshal(out.Bytes(), &answered); err != nil {
		t.Fatal(err)
	}
	return answered.Results
}

func expect(t *testing.T, got result, outcome, phase string) {
	t.Helper()
	if got.Outcome != outcome || got.Phase != phase {
		t.Fatalf("expected %s in phase %s, got %+v", outcome, phase, got)
	}
}

func TestDeliveryIsEchoedAndLoggedByTheFarSide(t *testing.T) {
	at, log := started(t)
	got := attempts(t, newProber(), 1000,
		cell{ID: "t", Protocol: "TCP", Host: "127.0.0.1", Port: at.TCP[0], Nonce: nonce + "-t"},
		cell{ID: "u", Protocol: "UDP", Host: "127.0.0.1", Port: at.UDP[0], Nonce: nonce + "-u"})
	for index, id := range []string{"t", "u"} {
		expect(t, got[index], delivered, phaseAnswer)
		if got[index].ID != id || got[index].AnsweredBy != "production/exposed-1" || got[index].Address != "127.0.0.1" {
			t.Fatalf("got %+v", got[index])
		}
	}
	for _, wanted := range []string{`"nonce":"` + nonce + `-t","protocol":"TCP"`, `"nonce":"` + nonce + `-u","protocol":"UDP"`} {
		if !strings.Contains(log.String(), wanted) {
			t.Fatalf("expected the log to contain %s, got %s", wanted, log)
		}
	}
}

func TestStrangersAreNeitherAnsweredNorLogged(t *testing.T) {
	at, log := started(t)
	connection, err := net.Dial("tcp", netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), uint16(at.TCP[0])).String())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(connection, "GET / HTTP/1.1\n"); err != nil {
		t.Fatal(err)
	}
	if answer, _ := io.ReadAll(connection); len(answer) != 0 {
		t.Fatalf("expected no answer, got %q", answer)
	}
	if strings.Contains(log.String(), "GET") {
		t.Fatalf("expected nothing in the log, got %s", log)
	}
}

func TestNobodyListensIsARefusal(t *testing.T) {
	socket, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := socket.Addr().(*net.TCPAddr).Port
	socket.Close()
	got := attempts(t, newProber(), 300,
		cell{ID: "t", Protocol: "TCP", Host: "127.0.0.1", Port: port, Nonce: nonce},
		cell{ID: "u", Protocol: "UDP", Host: "127.0.0.1", Port: port, Nonce: nonce})
	expect(t, got[0], refused, phaseConnect)
	expect(t, got[1], refused, phaseConnect)
}

func TestSilenceAfterTheHandshakeIsToldFromSilenceBeforeIt(t *testing.T) {
	socket, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	port := socket.Addr().(*net.TCPAddr).Port
	silent := newProber()
	silent.dial = func(ctx context.Context, _, _ string) (net.Conn, error) {
		<-ctx.Done()
		return nil, &net.OpError{Op: "dial", Err: ctx.Err()}
	}
	target := cell{ID: "t", Protocol: "TCP", Host: "127.0.0.1", Port: port, Nonce: nonce}
	expect(t, attempts(t, newProber(), 100, target)[0], timeout, phaseAnswer)
	expect(t, attempts(t, silent, 100, target)[0], timeout, phaseConnect)
}

func TestALostDatagramIsNotADenial(t *testing.T) {
	socket, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	go func() {
		buffer := make([]byte, 512)
		for count := 1; ; count++ {
			size, from, err := socket.ReadFrom(buffer)
			if err != nil {
				return
			}
			if count == datagrams {
				_, _ = socket.WriteTo([]byte(strings.TrimSpace(string(buffer[:size]))+" late\n"), from)
			}
		}
	}()
	got := attempts(t, newProber(), 300, cell{ID: "u", Protocol: "UDP", Host: "127.0.0.1", Port: socket.LocalAddr().(*net.UDPAddr).Port, Nonce: nonce})
	expect(t, got[0], delivered, phaseAnswer)
}

func TestUnansweredDatagramsAreATimeOutAfterTheWholeWindow(t *testing.T) {
	socket, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	got := attempts(t, newProber(), 150, cell{ID: "u", Protocol: "UDP", Host: "127.0.0.1", Port: socket.LocalAddr().(*net.UDPAddr).Port, Nonce: nonce})
	expect(t, got[0], timeout, phaseConnect)
	if got[0].Ms < 149 {
		t.Fatalf("expected the whole window of 150 ms, got %v", got[0].Ms)
	}
}

func TestAnAnswerWithAnotherNonceIsAnError(t *testing.T) {
	expect(t, read("other someone\n", nonce), failed, phaseAnswer)
	expect(t, read(nonce, nonce), failed, phaseAnswer)
}

func TestNameFailuresAreToldFromDrops(t *testing.T) {
	broken := newProber()
	broken.lookup = func(context.Context, string) ([]netip.Addr, error) {
		return nil, &net.DNSError{Err: "i/o timeout", Name: "web.production.svc.cluster.local.", IsTimeout: true}
	}
	got := attempts(t, broken, 100, cell{ID: "s", Protocol: "TCP", Host: "web.production.svc.cluster.local.", Port: 80, Nonce: nonce})
	expect(t, got[0], dns, phaseResolve)
	if got[0].Error != "lookup web.production.svc.cluster.local.: i/o timeout" {
		t.Fatalf("got %q", got[0].Error)
	}
}

func TestUnreachableAndOtherErrors(t *testing.T) {
	for err, wanted := range map[error]string{
		syscall.EHOSTUNREACH: unreachable, syscall.ENETUNREACH: unreachable, syscall.ECONNRESET: refused,
		syscall.ETIMEDOUT: timeout, errors.New("other"): failed, syscall.EPERM: failed,
	} {
		if got := outcomeOf(&net.OpError{Op: "dial", Err: err}); got != wanted {
			t.Errorf("%v: expected %s, got %s", err, wanted, got)
		}
	}
}

func TestBadRequestsAreRefusedWhole(t *testing.T) {
	for input, wanted := range map[string]string{
		"":                "expected one line of JSON on standard input, got EOF",
		"{\n":             "expected one line of JSON on standard input: unexpected end of JSON input",
		`{"timeoutMs":0}`: "expected timeoutMs from 1 to 60000, got 0",
		`{"timeoutMs":9,"cells":[{"id":"a","protocol":"SCTP","nonce":"12345678"}]}`: `cell "a": expected protocol TCP or UDP, got "SCTP"`,
		`{"timeoutMs":9,"cells":[{"id":"a","protocol":"TCP","nonce":"x y"}]}`:       `cell "a": expected a nonce of 8 to 128 letters, digits and dashes, got "x y"`,
	} {
		err := run(context.Background(), []string{"probe"}, strings.NewReader(input), io.Discard)
		if err == nil || err.Error() != wanted {
			t.Errorf("%q: expected %q, got %v", input, wanted, err)
		}
	}
}

func TestListenSaysWhatIsWrongWithItsOptions(t *testing.T) {
	for args, wanted := range map[string]string{
		"listen":                  `expected -id with a name without spaces, got ""`,
		"listen -id a":            "expected at least one port to listen on, got none\n" + usage,
		"listen -id a -tcp 99999": `expected a port from 1 to 65535, got "99999"`,
		"listen -id a -udp http":  `expected a port from 1 to 65535, got "http"`,
		"serve":                   "expected the mode listen, probe, watch, postgres, tally, start-up, hammer, stream or ask, got \"serve\"\n" + usage,
	} {
		err := run(context.Background(), strings.Fields(args), strings.NewReader(""), io.Discard)
		if err == nil || err.Error() != wanted {
			t.Errorf("%q: expected %q, got %v", args, wanted, err)
		}
	}
}

func TestProbeSaysWhetherTheKernelHasSCTP(t *testing.T) {
	var out bytes.Buffer
	if err := probe(context.Background(), newProber(), strings.NewReader(`{"timeoutMs":100,"cells":[]}`+"\n"), &out); err != nil {
		t.Fatal(err)
	}
	var said response
	if err := json.Unmarshal(out.Bytes(), &said); err != nil {
		t.Fatal(err)
	}
	if known, err := os.ReadFile("/proc/net/protocols"); err == nil && said.SCTP != strings.Contains(string(known), "SCTP") {
		t.Errorf("expected SCTP to be what the kernel lists, got %v", said.SCTP)
	}
}
