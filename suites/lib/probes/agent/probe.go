package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// request is the one line that `probe` reads.
type request struct {
	TimeoutMs int    `json:"timeoutMs"`
	Cells     []cell `json:"cells"`
}

type cell struct {
	ID       string `json:"id"`
	Protocol string `json:"protocol"`
	Host     string `json:"host"`
	Port     int    `json:"port"`
	Nonce    string `json:"nonce"`
}

// Outcomes of an attempt. The phase says how far it came: a time-out in `connect` is silence on the wire, one in `answer`
// means that the TCP handshake had already been completed by the far kernel.
const (
	delivered   = "delivered"
	timeout     = "timeout"
	refused     = "refused"
	unreachable = "unreachable"
	dns         = "dns"
	failed      = "error"

	phaseResolve = "resolve"
	phaseConnect = "connect"
	phaseAnswer  = "answer"
)

type result struct {
	ID         string  `json:"id"`
	Outcome    string  `json:"outcome"`
	Phase      string  `json:"phase"`
	AnsweredBy string  `json:"answeredBy,omitempty"`
	Address    string  `json:"address,omitempty"`
	Ms         float64 `json:"ms"`
	Error      string  `json:"error,omitempty"`
}

type response struct {
	Results []result `json:"results"`
	// SCTP says whether the kernel under this pod has the protocol. It is not tried: whoever reads this must not take that for a denial.
	SCTP bool `json:"sctp"`
}

const protocolSCTP = 132

func offersSCTP() bool {
	socket, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, protocolSCTP)
	if err != nil {
		return false
	}
	_ = syscall.Close(socket)
	return true
}

// prober holds what a test replaces.
type prober struct {
	lookup func(ctx context.Context, host string) ([]netip.Addr, error)
	dial   func(ctx context.Context, network, address string) (net.Conn, error)
}

func newProber() prober {
	// The pure Go resolver reads the pod's resolv.conf itself, so that its failures are errors with a kind, and its time is ours to bound.
	resolver := &net.Resolver{PreferGo: true}
	dialer := &net.Dialer{}
	return prober{
		lookup: func(ctx context.Context, host string) ([]netip.Addr, error) {
			return resolver.LookupNetIP(ctx, "ip4", host)
		},
		dial: dialer.DialContext,
	}
}

func probe(ctx context.Context, p prober, in io.Reader, out io.Writer) error {
	line, err := bufio.NewReader(in).ReadBytes('\n')
	if err != nil && !(errors.Is(err, io.EOF) && len(line) > 0) {
		return fmt.Errorf("expected one line of JSON on standard input, got %w", err)
	}
	var asked request
	if err := json.Unmarshal(line, &asked); err != nil {
		return fmt.Errorf("expected one line of JSON on standard input: %w", err)
	}
	if err := asked.check(); err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(response{Results: p.all(ctx, asked), SCTP: offersSCTP()})
}

func (r request) check() error {
	if r.TimeoutMs < 1 || r.TimeoutMs > 60_000 {
		return fmt.Errorf("expected timeoutMs from 1 to 60000, got %d", r.TimeoutMs)
	}
	for _, c := range r.Cells {
		if c.Protocol != "TCP" && c.Protocol != "UDP" {
			return fmt.Errorf("cell %q: expected protocol TCP or UDP, got %q", c.ID, c.Protocol)
		}
		if !nonces.MatchString(c.Nonce) {
			return fmt.Errorf("cell %q: expected a nonce of 8 to 128 letters, digits and dashes, got %q", c.ID, c.Nonce)
		}
	}
	return nil
}

// all makes every attempt at the same time: the batch takes as long as its slowest attempt.
func (p prober) all(ctx context.Context, asked request) []result {
	results := make([]result, len(asked.Cells))
	var group sync.WaitGroup
	for index, c := range asked.Cells {
		group.Go(func() { results[index] = p.one(ctx, c, time.Duration(asked.TimeoutMs)*time.Millisecond) })
	}
	group.Wait()
	return results
}

func (p prober) one(ctx context.Context, c cell, window time.Duration) result {
	started := time.Now()
	found := p.attempt(ctx, c, window)
	found.ID = c.ID
	found.Ms = float64(time.Since(started).Microseconds()) / 1000
	return found
}

func (p prober) attempt(ctx context.Context, c cell, window time.Duration) result {
	address, err := p.resolve(ctx, c.Host, window)
	if err != nil {
		return result{Outcome: dns, Phase: phaseResolve, Error: err.Error()}
	}
	bounded, cancel := context.WithTimeout(ctx, window)
	defer cancel()
	target := net.JoinHostPort(address.String(), strconv.Itoa(c.Port))
	var found result
	if c.Protocol == "TCP" {
		found = p.tcp(bounded, target, c.Nonce)
	} else {
		found = p.udp(bounded, target, c.Nonce, window)
	}
	found.Address = address.String()
	return found
}

// resolve has its own deadline, so that a dead name server is reported as such and not as silence of the target.
func (p prober) resolve(ctx context.Context, host string, window time.Duration) (netip.Addr, error) {
	if address, err := netip.ParseAddr(host); err == nil {
		return address, nil
	}
	bounded, cancel := context.WithTimeout(ctx, window)
	defer cancel()
	addresses, err := p.lookup(bounded, host)
	if err != nil {
		return netip.Addr{}, err
	}
	if len(addresses) == 0 {
		return netip.Addr{}, fmt.Errorf("lookup %s: no address", host)
	}
	return addresses[0].Unmap(), nil
}
