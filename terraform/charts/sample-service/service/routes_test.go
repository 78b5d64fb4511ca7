package main

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

type storeStandIn struct{ err error }

func (s storeStandIn) ping(context.Context) error { return s.err }
func (s storeStandIn) visit(_ context.Context, pod string) (visit, error) {
	return visit{Pod: pod, Visits: 3, User: "staging_blue"}, s.err
}

func asked(t *testing.T, s *service, path string) (int, map[string]any) {
	t.Helper()
	out := httptest.NewRecorder()
	s.routes().ServeHTTP(out, httptest.NewRequest(http.MethodGet, path, nil))
	var body map[string]any
	if out.Body.Len() > 0 {
		if err := json.Unmarshal(out.Body.Bytes(), &body); err != nil {
			t.Fatalf("%s: expected JSON, got %q", path, out.Body.String())
		}
	}
	return out.Code, body
}

func started() *service {
	return &service{settings: settings{name: "sample-service", environment: "staging", pod: "pod-1"}, metrics: newMetrics()}
}

func TestTheServiceSaysWhatItIs(t *testing.T) {
	s := started()
	for path, text := range map[string]any{"/": nil, "/echo/abc-1": "abc-1"} {
		status, body := asked(t, s, path)
		if status != 200 || body["environment"] != "staging" || body["name"] != "sample-service" || body["version"] != version || body["pod"] != "pod-1" || body["text"] != text {
			t.Errorf("%s: expected what the service is, got %d %v", path, status, body)
		}
	}
}

func TestStatusAndRefusals(t *testing.T) {
	s := started()
	for path, expected := range map[string]int{
		"/status?code=503": 503, "/status?code=204": 204, "/status?code=99": 400, "/status?code=600": 400, "/status": 400,
		"/work?ms=x": 400, "/slow?ms=30001": 400, "/echo/a%20b": 400, "/nothing": 404, "/store": 404,
	} {
		status, body := asked(t, s, path)
		if status != expected {
			t.Errorf("%s: expected %d, got %d", path, expected, status)
		}
		if sentence, _ := body["error"].(string); expected == 400 && !strings.HasPrefix(sentence, "expected ") {
			t.Errorf("%s: expected a sentence, got %v", path, body)
		}
	}
}

func TestWorkAndSlowTakeTheTimeAskedFor(t *testing.T) {
	s := started()
	for _, path := range []string{"/work?ms=60", "/slow?ms=60"} {
		before := time.Now()
		status, _ := asked(t, s, path)
		if took := time.Since(before); status != 200 || took < 60*time.Millisecond || took > 5*time.Second {
			t.Errorf("%s: expected 200 after 60 ms, got %d after %v", path, status, took)
		}
	}
}

func TestReadinessFollowsTheDataStoreAndTheEnd(t *testing.T) {
	s := started()
	if status, _ := asked(t, s, "/readyz"); status != 200 {
		t.Errorf("without a data store: expected 200, got %d", status)
	}
	s.store = storeStandIn{err: errors.New("connection refused")}
	if status, body := asked(t, s, "/readyz"); status != 503 || body["error"] != "the data store does not answer: connection refused" {
		t.Errorf("without an answer: expected 503 with the reason, got %d %v", status, body)
	}
	if status, _ := asked(t, s, "/healthz"); status != 200 {
		t.Errorf("health must not depend on the data store, got %d", status)
	}
	if status, body := asked(t, s, "/store"); status != 502 || !strings.Contains(body["error"].(string), "connection refused") {
		t.Errorf("expected 502 with the reason, got %d %v", status, body)
	}
	s.store = storeStandIn{}
	if status, body := asked(t, s, "/store"); status != 200 || body["visits"] != 3.0 || body["user"] != "staging_blue" {
		t.Errorf("expected the row, got %d %v", status, body)
	}
	s.ending.Store(true)
	if status, _ := asked(t, s, "/readyz"); status != 503 {
		t.Errorf("ending: expected 503, got %d", status)
	}
}

func TestMetricsCountByRouteAndNeverByPath(t *testing.T) {
	s := started()
	asked(t, s, "/echo/one")
	asked(t, s, "/echo/two")
	asked(t, s, "/status?code=500")
	asked(t, s, "/anything-else")
	out := httptest.NewRecorder()
	s.metrics.handler().ServeHTTP(out, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	for _, line := range []string{
		`sample_service_requests_total{code="200",route="/echo"} 2`,
		`sample_service_requests_total{code="500",route="/status"} 1`,
		`sample_service_requests_total{code="404",route="other"} 1`,
		`sample_service_request_duration_seconds_bucket{route="/echo",le="0.5"} 2`,
	} {
		if !strings.Contains(out.Body.String(), line) {
			t.Errorf("expected the line %s", line)
		}
	}
	if strings.Contains(out.Body.String(), "anything") {
		t.Error("a path must not become a series")
	}
}

func TestTheSessionKeyIsNamedAndNotTold(t *testing.T) {
	file := filepath.Join(t.TempDir(), "key")
	name := func(key string) string {
		if err := os.WriteFile(file, []byte(key), 0o600); err != nil {
			t.Fatal(err)
		}
		return sessionKeyID(file)
	}
	first, again, other := name("one"), name("one\n"), name("two")
	if len(first) != 12 || first != again || first == other {
		t.Errorf("expected one name per key, got %q, %q, %q", first, again, other)
	}
	if sessionKeyID("") != "" || sessionKeyID(file+".missing") != "" {
		t.Error("without a key there is no name")
	}
}
