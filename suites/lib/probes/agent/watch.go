package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"sync"
	"time"
)

// watching is the one line that `watch` reads: attempts that are made again and again, all at once, and how often. Rounds bounds it, so that
// a watch whose reader is gone ends by itself.
type watching struct {
	request
	EveryMs int `json:"everyMs"`
	Rounds  int `json:"rounds"`
}

// round is one line that `watch` prints: what became of all attempts that were sent at one moment. Those that it does not name were denied:
// silence, or a refusal.
type round struct {
	// At is when they were sent, by the clock of this pod's node.
	At        string   `json:"at"`
	Attempted int      `json:"attempted"`
	Delivered []string `json:"delivered"`
	// Handshakes were completed though no answer followed.
	Handshakes []string `json:"handshakes"`
	// Failed says nothing about the network: a name that is not known, a socket that could not be had.
	Failed []string `json:"failed"`
}

// watch makes the same attempts every so often. A round that takes longer than the time between two lets the next ones go by: they are not
// made, and nobody says that they were.
func watch(ctx context.Context, p prober, in io.Reader, out io.Writer) error {
	line, err := bufio.NewReader(in).ReadBytes('\n')
	if err != nil && len(line) == 0 {
		return fmt.Errorf("expected one line of JSON on standard input, got %w", err)
	}
	var asked watching
	if err := json.Unmarshal(line, &asked); err != nil {
		return fmt.Errorf("expected one line of JSON on standard input: %w", err)
	}
	if err := asked.check(); err != nil {
		return err
	}
	if asked.EveryMs < asked.TimeoutMs || asked.Rounds < 1 || asked.Rounds > 3600 {
		return fmt.Errorf("expected everyMs of at least timeoutMs (%d) and rounds from 1 to 3600, got %d and %d", asked.TimeoutMs, asked.EveryMs, asked.Rounds)
	}
	places := p.resolved(ctx, asked.request)
	ticker := time.NewTicker(time.Duration(asked.EveryMs) * time.Millisecond)
	defer ticker.Stop()
	printed := json.NewEncoder(out)
	for number := range asked.Rounds {
		if err := printed.Encode(p.round(ctx, places, number)); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
	}
	return nil
}

// resolved is the request with addresses in the place of names: a name server need not be asked a thousand times a second. A name that is not
// known stays, and is asked for in every round.
func (p prober) resolved(ctx context.Context, asked request) request {
	window := time.Duration(asked.TimeoutMs) * time.Millisecond
	cells := make([]cell, len(asked.Cells))
	var group sync.WaitGroup
	for index, c := range asked.Cells {
		group.Go(func() {
			cells[index] = c
			if address, err := p.resolve(ctx, c.Host, window); err == nil {
				cells[index].Host = address.String()
			}
		})
	}
	group.Wait()
	return request{TimeoutMs: asked.TimeoutMs, Cells: cells}
}

func (p prober) round(ctx context.Context, asked request, number int) round {
	sent := request{TimeoutMs: asked.TimeoutMs, Cells: make([]cell, len(asked.Cells))}
	protocols := make(map[string]string, len(asked.Cells))
	for index, c := range asked.Cells {
		sent.Cells[index] = c
		// What a listener has logged of one round must not stand for another.
		sent.Cells[index].Nonce = fmt.Sprintf("%s-%d", c.Nonce, number)
		protocols[c.ID] = c.Protocol
	}
	seen := round{At: time.Now().UTC().Format(time.RFC3339Nano), Attempted: len(asked.Cells), Delivered: []string{}, Handshakes: []string{}, Failed: []string{}}
	for _, one := range p.all(ctx, sent) {
		switch {
		case one.Outcome == delivered:
			seen.Delivered = append(seen.Delivered, one.ID)
		case one.Phase == phaseAnswer && protocols[one.ID] == "TCP":
			seen.Handshakes = append(seen.Handshakes, one.ID)
		case one.Phase == phaseAnswer || one.Outcome == dns || one.Outcome == failed:
			seen.Failed = append(seen.Failed, one.ID)
		}
	}
	return seen
}
