package main

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"testing"
	"time"
)

func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

func TestTheEndLosesNoRequest(t *testing.T) {
	at := freeAddress(t)
	ctx, end := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- serve(ctx, settings{name: "s", environment: "staging", pod: "p", listen: at, metrics: freeAddress(t), drain: 300 * time.Millisecond}, slog.New(slog.DiscardHandler))
	}()
	status := func(path string) int {
		reply, err := http.Get("http://" + at + path)
		if err != nil {
			return 0
		}
		defer reply.Body.Close()
		_, _ = io.Copy(io.Discard, reply.Body)
		return reply.StatusCode
	}
	for deadline := time.Now().Add(5 * time.Second); status("/readyz") != 200; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("expected the service to become ready within 5 s")
		}
	}
	slow := make(chan int, 1)
	go func() { slow <- status("/slow?ms=800") }()
	time.Sleep(100 * time.Millisecond)
	end()
	time.Sleep(100 * time.Millisecond)
	if ready, index := status("/readyz"), status("/"); ready != 503 || index != 200 {
		t.Errorf("while draining: expected not ready and still answering, got %d and %d", ready, index)
	}
	if got := <-slow; got != 200 {
		t.Errorf("expected the request under way to be answered, got %d", got)
	}
	if err := <-ended; err != nil {
		t.Errorf("expected a clean end, got %v", err)
	}
}
