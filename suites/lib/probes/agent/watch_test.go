package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"testing"
)

func rounds(t *testing.T, p prober, line string) ([]round, error) {
	t.Helper()
	var out bytes.Buffer
	err := watch(context.Background(), p, strings.NewReader(line+"\n"), &out)
	var seen []round
	decoder := json.NewDecoder(&out)
	for decoder.More() {
		var one round
		if err := decoder.Decode(&one); err != nil {
			t.Fatal(err)
		}
		seen = append(seen, one)
	}
	return seen, err
}

func TestWatchSaysInEachRoundWhatWasDeliveredAndWhatFailed(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	nonces := make(chan string, 8)
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			buffer := make([]byte, 128)
			size, _ := connection.Read(buffer)
			nonce := strings.TrimSpace(string(buffer[:size]))
			nonces <- nonce
			fmt.Fprintf(connection, "%s staging/exposed-1\n", nonce)
			connection.Close()
		}
	}()
	port := listener.Addr().(*net.TCPAddr).Port
	closed, _ := net.Listen("tcp", "127.0.0.1:0")
	refusing := closed.Addr().(*net.TCPAddr).Port
	closed.Close()
	p := newProber()
	lookups := 0
	p.lookup = func(_ context.Context, host string) ([]netip.Addr, error) {
		lookups++
		if host == "known." {
			return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
		}
		return nil, errors.New("no such host")
	}
	line := fmt.Sprintf(`{"timeoutMs":200,"everyMs":200,"rounds":2,"cells":[
		{"id":"open","protocol":"TCP","host":"known.","port":%d,"nonce":"nonce-open"},
		{"id":"shut","protocol":"TCP","host":"127.0.0.1","port":%d,"nonce":"nonce-shut"},
		{"id":"lost","protocol":"TCP","host":"unknown.","port":1,"nonce":"nonce-lost"}]}`, port, refusing)
	seen, err := rounds(t, p, strings.ReplaceAll(line, "\n", ""))
	if err != nil || len(seen) != 2 {
		t.Fatalf("expected two rounds, got %d (%v)", len(seen), err)
	}
	for _, one := range seen {
		if one.Attempted != 3 || fmt.Sprint(one.Delivered) != "[open]" || fmt.Sprint(one.Failed) != "[lost]" || len(one.Handshakes) != 0 {
			t.Errorf("expected open to be delivered and lost to have failed, got %+v", one)
		}
	}
	if first, second := <-nonces, <-nonces; first != "nonce-open-0" || second != "nonce-open-1" {
		t.Errorf("expected a nonce of its own in each round, got %s and %s", first, second)
	}
	if lookups != 1+3 {
		t.Errorf("expected the known name to be asked for once and the unknown one at first and in each round, got %d look-ups", lookups)
	}
}

func TestWatchRefusesRoundsThatWouldOverlap(t *testing.T) {
	_, err := rounds(t, newProber(), `{"timeoutMs":900,"everyMs":500,"rounds":2,"cells":[]}`)
	if err == nil || !strings.Contains(err.Error(), "everyMs of at least timeoutMs (900)") {
		t.Errorf("expected an error about everyMs, got %v", err)
	}
}
