package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"time"
)

// receipt is what a new pod is sent from outside in its first moments. It answers nobody.
type receipt struct {
	accepted string
	start    time.Time
	mu       sync.Mutex
	counted  account
}

func newReceipt(accepted string, start time.Time) *receipt {
	return &receipt{accepted: accepted, start: start}
}

// serve takes what comes until the context ends. It fails when a port cannot be bound: a pod that does not listen receives nothing in any case.
func (r *receipt) serve(ctx context.Context, port int) error {
	udp, err := net.ListenPacket("udp", fmt.Sprintf(":%d", port))
	if err != nil {
		return fmt.Errorf("cannot listen on UDP port %d: %w", port, err)
	}
	defer udp.Close()
	tcp, err := net.Listen("tcp", fmt.Sprintf(":%d", portOf(udp.LocalAddr())))
	if err != nil {
		return fmt.Errorf("cannot listen on TCP port %d: %w", port, err)
	}
	defer tcp.Close()
	go func() {
		buffer := make([]byte, 512)
		for {
			size, _, err := udp.ReadFrom(buffer)
			if err != nil {
				return
			}
			r.take(string(buffer[:size]), func(counted *account) { counted.Datagrams++ })
		}
	}()
	go func() {
		for {
			connection, err := tcp.Accept()
			if err != nil {
				return
			}
			go func() {
				defer connection.Close()
				_ = connection.SetDeadline(time.Now().Add(patience))
				line, _ := bufio.NewReader(io.LimitReader(connection, 256)).ReadString('\n')
				r.take(line, func(counted *account) { counted.Connections++ })
			}()
		}
	}()
	<-ctx.Done()
	return nil
}

func (r *receipt) take(line string, count func(*account)) {
	if !strings.HasPrefix(line, r.accepted) {
		return
	}
	at := time.Since(r.start).Microseconds()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.counted.Bytes == 0 {
		r.counted.First = at
	}
	r.counted.Last = at
	r.counted.Bytes += len(line)
	count(&r.counted)
}

func (r *receipt) total() account {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.counted
}
