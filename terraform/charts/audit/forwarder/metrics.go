package main

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"
)

// stale is how long after its last whole round a stream counts as standing still.
const stale = time.Minute

// figures are what is known of one stream.
type figures struct {
	records, errors, passed int
	lag                     time.Duration
	success                 time.Time
}

type metrics struct {
	mu sync.Mutex
	of map[string]*figures
}

func newMetrics() *metrics {
	m := &metrics{of: map[string]*figures{}}
	for _, each := range streams {
		m.of[each.source] = &figures{}
	}
	return m
}

func (m *metrics) change(source string, how func(*figures)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	how(m.of[source])
}

// forwarded counts records; lag is the age of the newest of them.
func (m *metrics) forwarded(source string, records int, lag time.Duration) {
	m.change(source, func(f *figures) { f.records, f.lag = f.records+records, lag })
}

func (m *metrics) failed(source string)     { m.change(source, func(f *figures) { f.errors++ }) }
func (m *metrics) passedOver(source string) { m.change(source, func(f *figures) { f.passed++ }) }
func (m *metrics) succeeded(source string, at time.Time) {
	m.change(source, func(f *figures) { f.success = at })
}

// ready says which stream stands still; empty when none does.
func (m *metrics) standing(now time.Time) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, each := range streams {
		if now.Sub(m.of[each.source].success) > stale {
			return each.source
		}
	}
	return ""
}

// text is the exposition format of Prometheus.
func (m *metrics) text() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out strings.Builder
	write := func(name, kind, help string, value func(*figures) float64) {
		fmt.Fprintf(&out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind)
		for _, each := range streams {
			fmt.Fprintf(&out, "%s{source=%q} %v\n", name, each.source, value(m.of[each.source]))
		}
	}
	write("audit_forwarder_records_total", "counter", "Records brought into the log store.", func(f *figures) float64 { return float64(f.records) })
	write("audit_forwarder_errors_total", "counter", "Rounds that failed.", func(f *figures) float64 { return float64(f.errors) })
	write("audit_forwarder_passed_over_total", "counter", "Objects that could not be read.", func(f *figures) float64 { return float64(f.passed) })
	write("audit_forwarder_lag_seconds", "gauge", "Age of the newest record when it was brought.", func(f *figures) float64 { return f.lag.Seconds() })
	write("audit_forwarder_last_round_timestamp_seconds", "gauge", "When the bucket was last read to its end.", func(f *figures) float64 {
		if f.success.IsZero() {
			return 0
		}
		return float64(f.success.UnixMilli()) / 1000
	})
	return out.String()
}

// handler serves metrics and health: alive while the process answers, ready while every stream is read to its end.
func handler(m *metrics, now func() time.Time) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4")
		fmt.Fprint(w, m.text())
	})
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		if source := m.standing(now()); source != "" {
			http.Error(w, "the stream "+source+" stands still", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ok")
	})
	return mux
}
