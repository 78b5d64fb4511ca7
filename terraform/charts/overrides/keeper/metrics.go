package main

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// stale is how long after a namespace was last seen whole the keeper counts as blind to it: three watches.
const stale = 3 * watchFor

// blind names the namespaces that were not seen whole lately.
func (k *keeper) blind() []string {
	k.mu.Lock()
	defer k.mu.Unlock()
	var found []string
	for _, namespace := range k.namespaces {
		if k.now().Sub(k.looked[namespace]) > stale {
			found = append(found, namespace)
		}
	}
	return found
}

// text is the exposition format of Prometheus.
func (k *keeper) text() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	var out strings.Builder
	family := func(name, kind, help string) {
		fmt.Fprintf(&out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind)
	}
	family("override_keeper_overrides", "gauge", "Network policies of overrides that are open.")
	for _, namespace := range k.namespaces {
		fmt.Fprintf(&out, "override_keeper_overrides{namespace=%q} %d\n", namespace, len(k.known[namespace]))
	}
	family("override_keeper_last_look_timestamp_seconds", "gauge", "When a namespace was last seen whole.")
	for _, namespace := range k.namespaces {
		fmt.Fprintf(&out, "override_keeper_last_look_timestamp_seconds{namespace=%q} %v\n", namespace, seconds(k.looked[namespace]))
	}
	family("override_keeper_ended_total", "counter", "Network policies of overrides that were taken away at their end.")
	fmt.Fprintf(&out, "override_keeper_ended_total %d\n", k.deleted)
	family("override_keeper_errors_total", "counter", "Requests to the API server that failed.")
	fmt.Fprintf(&out, "override_keeper_errors_total %d\n", k.errors)
	return out.String()
}

func seconds(at time.Time) float64 {
	if at.IsZero() {
		return 0
	}
	return float64(at.UnixMilli()) / 1000
}

// handler serves metrics and health: alive while the process answers, ready while it sees every namespace.
func handler(k *keeper) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4")
		fmt.Fprint(w, k.text())
	})
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		if blind := k.blind(); len(blind) > 0 {
			http.Error(w, "not seen lately: "+strings.Join(blind, ", "), http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ok")
	})
	return mux
}
