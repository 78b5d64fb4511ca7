package main

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"net/http"
	"runtime"
	"sync/atomic"
	"time"
)

// service answers requests. `ending` is set once the process was told to end.
type service struct {
	settings settings
	metrics  metrics
	// Nil when the service has no data store.
	store  dataStore
	ending atomic.Bool
}

// dataStore is what the routes need of one.
type dataStore interface {
	ping(context.Context) error
	visit(context.Context, string) (visit, error)
}

// about is what the service says of itself. Nothing in it is secret.
type about struct {
	Name        string `json:"name"`
	Environment string `json:"environment"`
	Version     string `json:"version"`
	Pod         string `json:"pod"`
	// Tells two session keys apart and gives neither away; empty without a key.
	SessionKeyID string `json:"sessionKeyId,omitempty"`
	Text         string `json:"text,omitempty"`
}

func (s *service) routes() http.Handler {
	mux := http.NewServeMux()
	add := func(pattern, route string, handle http.HandlerFunc) {
		mux.HandleFunc(pattern, s.metrics.counted(route, handle))
	}
	add("GET /{$}", "/", s.index)
	add("GET /echo/{text}", "/echo", s.echo)
	add("GET /work", "/work", s.work)
	add("GET /slow", "/slow", s.slow)
	add("GET /status", "/status", s.status)
	add("POST /store", "/store", s.storeRow)
	add("GET /store", "/store", s.storeRow)
	// Asked by the kubelet every second or so: not among the requests that people made.
	mux.HandleFunc("GET /healthz", s.healthz)
	mux.HandleFunc("GET /readyz", s.readyz)
	add("/", "other", func(out http.ResponseWriter, request *http.Request) {
		refuse(out, http.StatusNotFound, "expected one of /, /echo/TEXT, /work, /slow, /status, /store, /healthz and /readyz with GET, got "+request.Method+" "+clipped(request.URL.Path))
	})
	return mux
}

func (s *service) index(out http.ResponseWriter, _ *http.Request) {
	answer(out, http.StatusOK, s.about(""))
}

func (s *service) about(text string) about {
	return about{
		Name: s.settings.name, Environment: s.settings.environment, Version: version, Pod: s.settings.pod,
		SessionKeyID: sessionKeyID(s.settings.sessionKey), Text: text,
	}
}

func (s *service) echo(out http.ResponseWriter, request *http.Request) {
	text, err := echoed(request.PathValue("text"))
	if err != nil {
		refuse(out, http.StatusBadRequest, err.Error())
		return
	}
	answer(out, http.StatusOK, s.about(text))
}

func (s *service) healthz(out http.ResponseWriter, _ *http.Request) {
	answer(out, http.StatusOK, map[string]string{"status": "alive"})
}

func (s *service) readyz(out http.ResponseWriter, request *http.Request) {
	if s.ending.Load() {
		refuse(out, http.StatusServiceUnavailable, "ending: no new requests, please")
		return
	}
	if s.store != nil {
		bounded, cancel := context.WithTimeout(request.Context(), readyWindow)
		defer cancel()
		if err := s.store.ping(bounded); err != nil {
			refuse(out, http.StatusServiceUnavailable, "the data store does not answer: "+err.Error())
			return
		}
	}
	answer(out, http.StatusOK, map[string]string{"status": "ready"})
}

func (s *service) work(out http.ResponseWriter, request *http.Request) {
	milliseconds, err := workMilliseconds.from(request)
	if err != nil {
		refuse(out, http.StatusBadRequest, err.Error())
		return
	}
	rounds := burn(request.Context(), time.Duration(milliseconds)*time.Millisecond)
	answer(out, http.StatusOK, map[string]int{"ms": milliseconds, "rounds": rounds})
}

// burn keeps one processor busy for the given time, or until the caller has gone; resolves with the hashes it made.
func burn(ctx context.Context, duration time.Duration) int {
	sum := sha256.Sum256(nil)
	until := time.Now().Add(duration)
	rounds := 0
	for time.Now().Before(until) && ctx.Err() == nil {
		for range 1000 {
			sum = sha256.Sum256(sum[:])
			rounds++
		}
		// Health checks must be answered meanwhile, also with one processor.
		runtime.Gosched()
	}
	return rounds
}

func (s *service) slow(out http.ResponseWriter, request *http.Request) {
	milliseconds, err := slowMilliseconds.from(request)
	if err != nil {
		refuse(out, http.StatusBadRequest, err.Error())
		return
	}
	timer := time.NewTimer(time.Duration(milliseconds) * time.Millisecond)
	defer timer.Stop()
	select {
	case <-timer.C:
		answer(out, http.StatusOK, map[string]int{"ms": milliseconds})
	case <-request.Context().Done():
	}
}

func (s *service) status(out http.ResponseWriter, request *http.Request) {
	code, err := statusCode.from(request)
	if err != nil {
		refuse(out, http.StatusBadRequest, err.Error())
		return
	}
	if code == http.StatusNoContent || code == http.StatusNotModified {
		out.WriteHeader(code)
		return
	}
	answer(out, code, map[string]int{"code": code})
}

func (s *service) storeRow(out http.ResponseWriter, request *http.Request) {
	if s.store == nil {
		refuse(out, http.StatusNotFound, "this service has no data store: set dataStore.enabled in its values")
		return
	}
	bounded, cancel := context.WithTimeout(request.Context(), storeWindow)
	defer cancel()
	seen, err := s.store.visit(bounded, s.settings.pod)
	if err != nil {
		refuse(out, http.StatusBadGateway, "the data store was not written and read: "+err.Error())
		return
	}
	answer(out, http.StatusOK, seen)
}

func answer(out http.ResponseWriter, status int, body any) {
	out.Header().Set("Content-Type", "application/json")
	out.WriteHeader(status)
	// The caller may have gone; there is nobody left to tell.
	_ = json.NewEncoder(out).Encode(body)
}

func refuse(out http.ResponseWriter, status int, why string) {
	answer(out, status, map[string]string{"error": why})
}
