package main

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/pem"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func probed(t *testing.T, request any) []callResult {
	t.Helper()
	line, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := probe(context.Background(), bytes.NewReader(append(line, '\n')), &out); err != nil {
		t.Fatal(err)
	}
	var parsed struct{ Results []callResult }
	if err := json.Unmarshal(out.Bytes(), &parsed); err != nil {
		t.Fatal(err)
	}
	return parsed.Results
}

func TestProbeTellsOutcomesApart(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(out http.ResponseWriter, request *http.Request) {
		if request.URL.Path == "/moved" {
			http.Redirect(out, request, "https://elsewhere.test/", http.StatusMovedPermanently)
			return
		}
		_, _ = out.Write([]byte(request.Host + request.URL.Path))
	}))
	defer server.Close()
	ca := string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}))
	deaf, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer deaf.Close()
	at := server.Listener.Addr().String()
	results := probed(t, calls{TimeoutMs: 500, CA: ca, Requests: []call{
		{ID: "named", URL: "https://example.com/a", Address: at},
		{ID: "moved", URL: "https://example.com/moved", Address: at},
		{ID: "other-name", URL: "https://other.test/", Address: at},
		{ID: "refused", URL: "https://example.com/", Address: "127.0.0.1:1"},
		{ID: "timeout", URL: "https://example.com/", Address: deaf.Addr().String()},
		{ID: "no-url", URL: "ftp://example.com/"},
	}})
	expected := []callResult{
		{ID: "named", Outcome: "answered", Status: 200, Body: "example.com/a"},
		{ID: "moved", Outcome: "answered", Status: 301, Location: "https://elsewhere.test/"},
		{ID: "other-name", Outcome: "untrusted", Phase: "tls"},
		{ID: "refused", Outcome: "refused", Phase: "connect"},
		{ID: "timeout", Outcome: "timeout", Phase: "answer"},
		{ID: "no-url", Outcome: "error", Phase: "resolve"},
	}
	for index, want := range expected {
		got := results[index]
		if got.ID != want.ID || got.Outcome != want.Outcome || got.Phase != want.Phase || got.Status != want.Status || got.Location != want.Location ||
			(want.Body != "" && got.Body != want.Body) {
			t.Errorf("expected %+v, got %+v", want, got)
		}
	}
	if !strings.Contains(results[0].Issuer, "Acme Co") {
		t.Errorf("expected the issuer of the server's certificate, got %q", results[0].Issuer)
	}
}

func TestProbeRefusesWhatItCannotDo(t *testing.T) {
	for line, expected := range map[string]string{
		"{}":                             "expected timeoutMs from 1 to 60000, got 0",
		`{"timeoutMs":1,"ca":"nothing"}`: "expected ca to hold a certificate in PEM, and it holds none",
		"nothing":                        "expected one line of JSON with timeoutMs, ca and requests",
	} {
		err := probe(context.Background(), strings.NewReader(line), &bytes.Buffer{})
		if err == nil || !strings.HasPrefix(err.Error(), expected) {
			t.Errorf("%s: expected %q, got %v", line, expected, err)
		}
	}
}

func TestModes(t *testing.T) {
	for _, args := range [][]string{nil, {"dance"}, {"serve", "now"}} {
		if err := run(context.Background(), args, strings.NewReader(""), &bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), "usage:") {
			t.Errorf("%v: expected the usage, got %v", args, err)
		}
	}
}
