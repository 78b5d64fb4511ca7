package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"syscall"
	"time"
)

// datagrams is how often a UDP attempt is sent inside its window: a single lost datagram must not read as a denial.
const datagrams = 3

func (p prober) tcp(ctx context.Context, target, nonce string) result {
	connection, err := p.dial(ctx, "tcp", target)
	if err != nil {
		return failure(err, phaseConnect)
	}
	defer connection.Close()
	if deadline, ok := ctx.Deadline(); ok {
		_ = connection.SetDeadline(deadline)
	}
	if _, err := io.WriteString(connection, nonce+"\n"); err != nil {
		return failure(err, phaseAnswer)
	}
	answer, err := bufio.NewReader(io.LimitReader(connection, 512)).ReadString('\n')
	if err != nil {
		return failure(err, phaseAnswer)
	}
	return read(answer, nonce)
}

// udp keeps sending after a refusal: an ICMP error for one datagram does not prove that no other arrives.
func (p prober) udp(ctx context.Context, target, nonce string, window time.Duration) result {
	connection, err := p.dial(ctx, "udp", target)
	if err != nil {
		return failure(err, phaseConnect)
	}
	defer connection.Close()
	ended := result{Outcome: timeout, Phase: phaseConnect, Error: "no answer to any datagram"}
	buffer := make([]byte, 512)
	start := time.Now()
	for sent := range datagrams {
		if _, err := io.WriteString(connection, nonce+"\n"); err != nil {
			ended = failure(err, phaseConnect)
		}
		_ = connection.SetReadDeadline(start.Add(window * time.Duration(sent+1) / datagrams))
		size, err := connection.Read(buffer)
		if err == nil {
			return read(string(buffer[:size]), nonce)
		}
		if !errors.Is(err, os.ErrDeadlineExceeded) {
			ended = failure(err, phaseConnect)
			waitUntil(ctx, start.Add(window*time.Duration(sent+1)/datagrams))
		}
	}
	return ended
}

func waitUntil(ctx context.Context, instant time.Time) {
	timer := time.NewTimer(time.Until(instant))
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

func read(answer, nonce string) result {
	echoed, id, found := strings.Cut(strings.TrimRight(answer, "\r\n"), " ")
	if !found || echoed != nonce {
		return result{Outcome: failed, Phase: phaseAnswer, Error: "something answered, but not with this attempt's nonce"}
	}
	return result{Outcome: delivered, Phase: phaseAnswer, AnsweredBy: id}
}

func failure(err error, phase string) result {
	return result{Outcome: outcomeOf(err), Phase: phase, Error: err.Error()}
}

func outcomeOf(err error) string {
	var network net.Error
	switch {
	case errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, syscall.ECONNRESET):
		return refused
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return unreachable
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, syscall.ETIMEDOUT):
		return timeout
	case errors.As(err, &network) && network.Timeout():
		return timeout
	}
	return failed
}
