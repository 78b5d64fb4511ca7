package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"sync"
	"time"
)

// account is what arrived from one sender. Offsets are the sender's own clock, in microseconds since its first instant, so that the
// clocks of two nodes need not agree.
type account struct {
	Datagrams   int   `json:"datagrams"`
	Connections int   `json:"connections"`
	Bytes       int   `json:"bytes"`
	First       int64 `json:"first"`
	Last        int64 `json:"last"`
}

// tally counts what arrives, by sender: a flood of attempts would make a log of them worthless.
type tally struct {
	// accepted is how the names of senders begin; what anybody else sends is neither counted nor answered.
	accepted string
	mu       sync.Mutex
	accounts map[string]*account
}

func newTally(accepted string) *tally {
	return &tally{accepted: accepted, accounts: map[string]*account{}}
}

// take counts one line, `<sender> <offset>`. A completed handshake without a line is not counted: the sender reports it.
func (t *tally) take(line string, connection bool) bool {
	sender, offset, found := strings.Cut(strings.TrimRight(line, "\r\n"), " ")
	at, err := strconv.ParseInt(offset, 10, 64)
	if !found || err != nil || !strings.HasPrefix(sender, t.accepted) || !nonces.MatchString(sender) {
		return false
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	one, known := t.accounts[sender]
	if !known {
		one = &account{First: at, Last: at}
		t.accounts[sender] = one
	}
	one.First, one.Last = min(one.First, at), max(one.Last, at)
	one.Bytes += len(line)
	if connection {
		one.Connections++
	} else {
		one.Datagrams++
	}
	return true
}

func (t *tally) all() map[string]account {
	t.mu.Lock()
	defer t.mu.Unlock()
	copied := make(map[string]account, len(t.accounts))
	for sender, one := range t.accounts {
		copied[sender] = *one
	}
	return copied
}

// serve binds the port for both protocols and answers every line that counts with itself. Port 0 takes a free one; the answer says which.
func (t *tally) serve(ctx context.Context, port int) (int, error) {
	tcp, err := net.Listen("tcp", fmt.Sprintf(":%d", port))
	if err != nil {
		return 0, fmt.Errorf("cannot listen on TCP port %d: %w", port, err)
	}
	port = portOf(tcp.Addr())
	udp, err := net.ListenPacket("udp", fmt.Sprintf(":%d", port))
	if err != nil {
		_ = tcp.Close()
		return 0, fmt.Errorf("cannot listen on UDP port %d: %w", port, err)
	}
	go func() {
		<-ctx.Done()
		_, _ = tcp.Close(), udp.Close()
	}()
	go t.datagrams(udp)
	go t.connections(tcp)
	return port, nil
}

func (t *tally) datagrams(socket net.PacketConn) {
	buffer := make([]byte, 512)
	for {
		size, from, err := socket.ReadFrom(buffer)
		if err != nil {
			return
		}
		if t.take(string(buffer[:size]), false) {
			_, _ = socket.WriteTo(buffer[:size], from)
		}
	}
}

func (t *tally) connections(socket net.Listener) {
	for {
		connection, err := socket.Accept()
		if err != nil {
			return
		}
		go func() {
			defer connection.Close()
			lines := bufio.NewReaderSize(connection, 256)
			for {
				_ = connection.SetDeadline(time.Now().Add(patience))
				line, err := lines.ReadSlice('\n')
				if err != nil || !t.take(string(line), true) {
					return
				}
				if _, err := connection.Write(line); err != nil {
					return
				}
			}
		}()
	}
}

// keepTally serves until the context ends; what it counted is told to whoever asks in the same pod.
func keepTally(ctx context.Context, args []string, out io.Writer) error {
	flags := flagsOf("tally")
	accepted := flags.String("accept", "", "how the names of senders begin")
	port := flags.Int("port", 0, "port, for TCP and UDP")
	if err := parsed(flags, args); err != nil {
		return err
	}
	if *accepted == "" {
		return fmt.Errorf("expected -accept with how the names of senders begin, got none")
	}
	counted := newTally(*accepted)
	bound, err := counted.serve(ctx, *port)
	if err != nil {
		return err
	}
	if err := answerAsks(ctx, confidant, func() any { return counted.all() }); err != nil {
		return err
	}
	fmt.Fprintf(out, "{\"event\":\"listening\",\"port\":%d}\n", bound)
	<-ctx.Done()
	return nil
}
