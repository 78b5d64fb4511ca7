package main

import (
	"bufio"
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"
)

// call is one request to make. Address, host:port, is where it goes instead of where the URL's name would lead: like curl's --resolve.
type call struct {
	ID      string `json:"id"`
	URL     string `json:"url"`
	Address string `json:"address"`
}

type calls struct {
	TimeoutMs int `json:"timeoutMs"`
	// PEM of the authorities that are trusted; nobody else is.
	CA       string `json:"ca"`
	Requests []call `json:"requests"`
}

// callResult says what became of a call: `answered` with any status, or how it failed. Nothing is followed and nothing is tried again.
type callResult struct {
	ID      string `json:"id"`
	Outcome string `json:"outcome"`
	// How far a call came that was not answered: resolve, connect, tls or answer.
	Phase    string  `json:"phase,omitempty"`
	Status   int     `json:"status,omitempty"`
	Location string  `json:"location,omitempty"`
	Body     string  `json:"body,omitempty"`
	Issuer   string  `json:"issuer,omitempty"`
	Error    string  `json:"error,omitempty"`
	Ms       float64 `json:"ms"`
}

const (
	mostCalls = 1000
	// Calls under way at one time: enough to make load, few enough for a probe's own limits.
	width    = 20
	mostBody = 4096
)

func probe(ctx context.Context, in io.Reader, out io.Writer) error {
	line, err := bufio.NewReader(in).ReadBytes('\n')
	if err != nil && !(errors.Is(err, io.EOF) && len(line) > 0) {
		return fmt.Errorf("expected one line of JSON on standard input, got %w", err)
	}
	var asked calls
	if err := json.Unmarshal(line, &asked); err != nil {
		return fmt.Errorf("expected one line of JSON with timeoutMs, ca and requests: %w", err)
	}
	if asked.TimeoutMs < 1 || asked.TimeoutMs > 60_000 {
		return fmt.Errorf("expected timeoutMs from 1 to 60000, got %d", asked.TimeoutMs)
	}
	if len(asked.Requests) > mostCalls {
		return fmt.Errorf("expected at most %d requests, got %d", mostCalls, len(asked.Requests))
	}
	authorities := x509.NewCertPool()
	if !authorities.AppendCertsFromPEM([]byte(asked.CA)) {
		return errors.New("expected ca to hold a certificate in PEM, and it holds none")
	}
	return json.NewEncoder(out).Encode(struct {
		Results []callResult `json:"results"`
	}{callAll(ctx, asked, authorities)})
}

func callAll(ctx context.Context, asked calls, authorities *x509.CertPool) []callResult {
	results := make([]callResult, len(asked.Requests))
	free := make(chan struct{}, width)
	var group sync.WaitGroup
	for index, one := range asked.Requests {
		free <- struct{}{}
		group.Go(func() {
			defer func() { <-free }()
			bounded, cancel := context.WithTimeout(ctx, time.Duration(asked.TimeoutMs)*time.Millisecond)
			defer cancel()
			started := time.Now()
			results[index] = callOne(bounded, one, authorities)
			results[index].ID = one.ID
			results[index].Ms = float64(time.Since(started).Microseconds()) / 1000
		})
	}
	group.Wait()
	return results
}
