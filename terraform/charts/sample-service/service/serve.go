package main

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"
)

const (
	// How long the data store may take to answer a readiness check, and to write and read a row.
	readyWindow = 2 * time.Second
	storeWindow = 5 * time.Second
	// How long answers that were begun may take after the drain; with it they stay inside the pod's grace of 30 s.
	finishWindow = 20 * time.Second
)

// serve answers until the context ends, then says not ready, goes on for `drain` and finishes what it has begun.
func serve(ctx context.Context, settings settings, log *slog.Logger) error {
	served := &service{settings: settings, metrics: newMetrics()}
	if settings.dataStore != "" {
		served.store = newPostgresStore(settings.dataStore)
	}
	scraped := http.NewServeMux()
	scraped.Handle("GET /metrics", served.metrics.handler())
	servers := []*http.Server{
		{Addr: settings.listen, Handler: served.routes(), ReadHeaderTimeout: 5 * time.Second, IdleTimeout: 75 * time.Second},
		{Addr: settings.metrics, Handler: scraped, ReadHeaderTimeout: 5 * time.Second},
	}
	ended := make(chan error, len(servers))
	for _, server := range servers {
		go func() { ended <- server.ListenAndServe() }()
	}
	log.Info("serving", "name", settings.name, "environment", settings.environment, "version", version, "listen", settings.listen, "metrics", settings.metrics)
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	served.ending.Store(true)
	log.Info("ending", "drainSeconds", settings.drain.Seconds())
	time.Sleep(settings.drain)
	finishing, cancel := context.WithTimeout(context.Background(), finishWindow)
	defer cancel()
	var failures []error
	for _, server := range servers {
		failures = append(failures, server.Shutdown(finishing))
	}
	return errors.Join(failures...)
}
