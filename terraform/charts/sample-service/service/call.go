package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"sync/atomic"
	"syscall"
)

func callOne(ctx context.Context, one call, authorities *x509.CertPool) callResult {
	target, err := url.Parse(one.URL)
	if err != nil || target.Host == "" || (target.Scheme != "https" && target.Scheme != "http") {
		return callResult{Outcome: "error", Phase: "resolve", Error: fmt.Sprintf("expected an http or https URL, got %q", one.URL)}
	}
	// Where the call is, for the one that fails: the transport may still be dialling when it has given up.
	var phase atomic.Value
	phase.Store("resolve")
	transport := &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			if one.Address != "" {
				address = one.Address
				phase.Store("connect")
			}
			connection, err := new(net.Dialer).DialContext(ctx, network, address)
			if err == nil {
				phase.Store("answer")
			}
			return connection, err
		},
		TLSClientConfig: &tls.Config{RootCAs: authorities, MinVersion: tls.VersionTLS12},
	}
	defer transport.CloseIdleConnections()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, one.URL, nil)
	if err != nil {
		return callResult{Outcome: "error", Phase: phaseOf(&phase), Error: err.Error()}
	}
	reply, err := transport.RoundTrip(request)
	if err != nil {
		outcome := outcomeOf(err)
		if outcome == "untrusted" {
			phase.Store("tls")
		}
		return callResult{Outcome: outcome, Phase: phaseOf(&phase), Error: err.Error()}
	}
	defer reply.Body.Close()
	body, err := io.ReadAll(io.LimitReader(reply.Body, mostBody))
	if err != nil {
		return callResult{Outcome: outcomeOf(err), Phase: "answer", Status: reply.StatusCode, Error: err.Error()}
	}
	answered := callResult{Outcome: "answered", Status: reply.StatusCode, Location: reply.Header.Get("Location"), Body: string(body)}
	if reply.TLS != nil && len(reply.TLS.PeerCertificates) > 0 {
		answered.Issuer = reply.TLS.PeerCertificates[0].Issuer.String()
	}
	return answered
}

func phaseOf(phase *atomic.Value) string {
	name, _ := phase.Load().(string)
	return name
}

// outcomeOf keeps apart what says something about the way there and what says something about trust.
func outcomeOf(err error) string {
	var certificate *tls.CertificateVerificationError
	var name *net.DNSError
	var network net.Error
	switch {
	case errors.As(err, &certificate):
		return "untrusted"
	case errors.As(err, &name):
		return "dns"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "refused"
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return "unreachable"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &network) && network.Timeout():
		return "timeout"
	default:
		return "error"
	}
}
