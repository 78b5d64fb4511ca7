package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"sync"
	"time"
)

const (
	// answerWithin bounds one attempt of a stream.
	answerWithin = 300 * time.Millisecond
	// pingEvery is how often an open connection is used.
	pingEvery = 50 * time.Millisecond
	// silentAfter is how long a connection may leave a line unanswered before it counts as silent.
	silentAfter = 2 * time.Second
)

// turn is one line of a stream's log: the way opened or closed. At is when the first attempt that was answered was sent, or the last one.
type turn struct {
	State string `json:"state"`
	At    string `json:"at"`
}

// streaming is what a stream says when it is asked. Now is its own clock.
type streaming struct {
	Now       string     `json:"now"`
	Attempts  int        `json:"attempts"`
	Delivered int        `json:"delivered"`
	Open      bool       `json:"open"`
	Held      connection `json:"held"`
}

// connection is the one connection that a stream holds open from its start.
type connection struct {
	Established bool   `json:"established"`
	Answers     int    `json:"answers"`
	Silent      bool   `json:"silent"`
	Error       string `json:"error,omitempty"`
}

type stream struct {
	id, target string
	every      time.Duration
	// lost is how many attempts in a row have to be lost for the way to be closed. Counted and not timed: a sender that gets no processor
	// for a while makes no attempts, and loses none.
	lost int
	out  *json.Encoder
	mu   sync.Mutex
	now  streaming
	// last is when the newest attempt that was answered was sent; missed counts those that were lost since.
	last   time.Time
	missed int
}

// keepStreaming tries the target again and again, says when the way to it closes and opens, and holds one connection open beside.
func keepStreaming(ctx context.Context, args []string, out io.Writer) error {
	flags := flagsOf("stream")
	id := flags.String("id", "", "name that everything sent carries")
	target := flags.String("target", "", "address and port")
	every := flags.Duration("every", 3*time.Millisecond, "time between attempts")
	lost := flags.Int("lost", 150, "attempts lost in a row after which the way is closed")
	if err := parsed(flags, args); err != nil {
		return err
	}
	if !nonces.MatchString(*id) || *target == "" {
		return fmt.Errorf("expected -id and -target, got %q and %q", *id, *target)
	}
	s := &stream{id: *id, target: *target, every: *every, lost: *lost, out: json.NewEncoder(out)}
	if err := answerAsks(ctx, confidant, func() any { return s.state() }); err != nil {
		return err
	}
	go s.hold(ctx)
	s.attempts(ctx)
	return nil
}

func (s *stream) state() streaming {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now.Now = time.Now().UTC().Format(time.RFC3339Nano)
	return s.now
}

// attempts sends each from a port of its own: an answered flow is known to the nodes, and known flows are not judged anew.
func (s *stream) attempts(ctx context.Context) {
	pace := time.NewTicker(s.every)
	defer pace.Stop()
	for ctx.Err() == nil {
		at := time.Now()
		s.mu.Lock()
		s.now.Attempts++
		s.mu.Unlock()
		go func() {
			s.count(at, echoed(s.target, fmt.Appendf(nil, "%s %d\n", s.id, time.Since(born).Microseconds())))
		}()
		select {
		case <-ctx.Done():
		case <-pace.C:
		}
	}
}

func echoed(target string, line []byte) bool {
	socket, err := dialFresh(target)
	if err != nil {
		return false
	}
	defer socket.Close()
	_ = socket.SetDeadline(time.Now().Add(answerWithin))
	if _, err := socket.Write(line); err != nil {
		return false
	}
	answer := make([]byte, 512)
	size, err := socket.Read(answer)
	return err == nil && string(answer[:size]) == string(line)
}

// count takes the outcome of the attempt that was sent at that moment. One that was sent before the newest answered one says nothing more.
func (s *stream) count(at time.Time, delivered bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if delivered {
		s.now.Delivered++
	}
	if !at.After(s.last) {
		return
	}
	switch {
	case delivered:
		s.last, s.missed = at, 0
		if !s.now.Open {
			s.say(true, at)
		}
	case s.now.Open:
		if s.missed++; s.missed >= s.lost {
			s.say(false, s.last)
		}
	}
}

func (s *stream) say(open bool, at time.Time) {
	s.now.Open = open
	state := "closed"
	if open {
		state = "open"
	}
	_ = s.out.Encode(turn{State: state, At: at.UTC().Format(time.RFC3339Nano)})
}

// hold keeps one connection in use. It is made once, as soon as it can be, and never again.
func (s *stream) hold(ctx context.Context) {
	for ctx.Err() == nil {
		held, err := (&net.Dialer{Timeout: answerWithin}).DialContext(ctx, "tcp", s.target)
		if err != nil {
			waitUntil(ctx, time.Now().Add(pingEvery))
			continue
		}
		s.note(func(c *connection) { c.Established = true })
		problem := s.ping(ctx, held)
		s.note(func(c *connection) { c.Silent, c.Error = true, problem.Error() })
		_ = held.Close()
		return
	}
}

func (s *stream) ping(ctx context.Context, held net.Conn) error {
	answers := bufio.NewReaderSize(held, 256)
	for {
		_ = held.SetDeadline(time.Now().Add(silentAfter))
		if _, err := fmt.Fprintf(held, "%s %d\n", s.id, time.Since(born).Microseconds()); err != nil {
			return err
		}
		if _, err := answers.ReadSlice('\n'); err != nil {
			return err
		}
		s.note(func(c *connection) { c.Answers++ })
		waitUntil(ctx, time.Now().Add(pingEvery))
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
}

func (s *stream) note(change func(*connection)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.now.Held)
}
