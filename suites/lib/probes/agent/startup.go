package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"sync"
	"time"
)

// born is the first instant that this program knows of.
var born = time.Now()

// connectEvery is how often a new pod tries to open a connection: a handshake costs more than a datagram.
const connectEvery = 50 * time.Millisecond

// sent is what a new pod did during its first moments.
type sent struct {
	ID string `json:"id"`
	// First is the offset of the first datagram; Gap is the longest time in which none was sent, from the first instant to the end.
	// A leak that is shorter can have been missed. Microseconds.
	First     int64 `json:"first"`
	Gap       int64 `json:"gap"`
	Datagrams int   `json:"datagrams"`
	Dials     int   `json:"dials"`
	// Connected counts completed handshakes: packets crossed both ways, whatever became of what was written then.
	Connected int `json:"connected"`
	// Failed counts what this pod's own kernel did not take.
	Failed int `json:"failed"`
	// Received is what came in meanwhile, from whoever sends as -accept says; its offsets are of this pod.
	Received account `json:"received"`
}

type hail struct {
	id, target string
	every      time.Duration
	start      time.Time
	mu         sync.Mutex
	// last is the offset of the last datagram so far.
	last int64
	done sent
}

// startUp sends from the first instant and listens meanwhile, then ends with its report.
func startUp(ctx context.Context, args []string, out io.Writer) error {
	flags := flagsOf("start-up")
	id := flags.String("id", "", "name that everything sent carries")
	target := flags.String("target", "", "address and port that is sent to")
	accepted := flags.String("accept", "", "how the names of those begin who send to this pod")
	port := flags.Int("port", 0, "port that is listened on, for TCP and UDP")
	every := flags.Duration("every", 2*time.Millisecond, "time between datagrams")
	lasts := flags.Duration("for", 2*time.Second, "how long")
	report := flags.String("report", "", "file that the report is written to as well")
	if err := parsed(flags, args); err != nil {
		return err
	}
	if !nonces.MatchString(*id) || *target == "" || *accepted == "" {
		return fmt.Errorf("expected -id, -target and -accept, got %q, %q and %q", *id, *target, *accepted)
	}
	ctx, end := context.WithDeadline(ctx, born.Add(*lasts))
	defer end()
	h := &hail{id: *id, target: *target, every: *every, start: born, done: sent{ID: *id}}
	var group sync.WaitGroup
	group.Go(func() { h.datagrams(ctx) })
	group.Go(func() { h.connections(ctx) })
	received := newReceipt(*accepted, born)
	problem := received.serve(ctx, *port)
	group.Wait()
	if problem != nil {
		return problem
	}
	h.done.Gap = max(h.done.Gap, lasts.Microseconds()-h.last)
	h.done.Received = received.total()
	return h.tell(out, *report)
}

func (h *hail) tell(out io.Writer, file string) error {
	text, err := json.Marshal(h.done)
	if err != nil {
		return err
	}
	if file != "" {
		if err := os.WriteFile(file, text, 0o644); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(out, "%s\n", text)
	return err
}

func (h *hail) offset() int64 {
	return time.Since(h.start).Microseconds()
}

func (h *hail) line() []byte {
	return fmt.Appendf(nil, "%s %d\n", h.id, h.offset())
}

func (h *hail) note(change func(*sent)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	change(&h.done)
}

// datagrams sends each from a port of its own: to the nodes every one is a new flow and judged anew. What passed once would go on
// passing as a known flow, long after the policy is enforced.
func (h *hail) datagrams(ctx context.Context) {
	pace := time.NewTicker(h.every)
	defer pace.Stop()
	for ctx.Err() == nil {
		at := h.offset()
		err := sendOnce(h.target, h.line())
		h.note(func(s *sent) {
			if err != nil {
				s.Failed++
				return
			}
			if s.Datagrams == 0 {
				s.First = at
			}
			s.Datagrams++
			s.Gap = max(s.Gap, at-h.last)
			h.last = at
		})
		select {
		case <-ctx.Done():
		case <-pace.C:
		}
	}
}

func sendOnce(target string, line []byte) error {
	socket, err := dialFresh(target)
	if err != nil {
		return err
	}
	defer socket.Close()
	_, err = socket.Write(line)
	return err
}

func (h *hail) connections(ctx context.Context) {
	pace := time.NewTicker(connectEvery)
	defer pace.Stop()
	var group sync.WaitGroup
	for ctx.Err() == nil {
		h.note(func(s *sent) { s.Dials++ })
		group.Go(func() { h.connectOnce(ctx) })
		select {
		case <-ctx.Done():
		case <-pace.C:
		}
	}
	group.Wait()
}

func (h *hail) connectOnce(ctx context.Context) {
	connection, err := (&net.Dialer{}).DialContext(ctx, "tcp", h.target)
	if err != nil {
		return
	}
	defer connection.Close()
	h.note(func(s *sent) { s.Connected++ })
	_, _ = connection.Write(h.line())
}
