// Log-tagger stands between the log collectors and the log store. It says of every line where it comes from: `source` and
// `environment`, by the pod that wrote it and, for an access log of the ingress, by the namespace that was asked for. A line that
// says so itself is not believed: a workload must not be able to write into the audit records, or into another environment.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/klauspost/compress/zstd"
)

const (
	largestRequest = 64 << 20
	storeTimeout   = 20 * time.Second
)

func main() {
	listen := flag.String("listen", ":9430", "address to listen on")
	store := flag.String("store", "http://127.0.0.1:9428/insert/jsonline", "where the log store takes JSON lines")
	environments := flag.String("environments", "", "names of the environments, separated by commas")
	ingress := flag.String("ingress", "ingress", "namespace of the ingress controller")
	flag.Parse()

	rules := newRules(strings.Split(*environments, ","), *ingress)
	mux := http.NewServeMux()
	mux.Handle("POST /insert/jsonline", &relay{rules: rules, store: *store, client: &http.Client{Timeout: storeTimeout}})
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok") })
	server := &http.Server{Addr: *listen, Handler: mux, ReadHeaderTimeout: 5 * time.Second}

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	go func() {
		<-ctx.Done()
		ending, cancel := context.WithTimeout(context.Background(), 3*time.Second)
		defer cancel()
		_ = server.Shutdown(ending)
	}()
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		slog.Error("the tagger ended", "error", err)
		os.Exit(1)
	}
}

// relay passes on one request at a time and answers as the store answered, so that a collector keeps and repeats what was not stored.
type relay struct {
	rules  rules
	store  string
	client *http.Client
}

func (r *relay) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	lines, err := bodyOf(w, request)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	// Which fields make a stream is fixed here too; a collector cannot ask for others.
	url := r.store + "?_time_field=_time&_msg_field=_msg&_stream_fields=" + streamFields
	onward, err := http.NewRequestWithContext(request.Context(), http.MethodPost, url, bytes.NewReader(r.rules.tagAll(lines)))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	answer, err := r.client.Do(onward)
	if err != nil {
		http.Error(w, "the log store did not answer: "+err.Error(), http.StatusServiceUnavailable)
		return
	}
	defer func() { _ = answer.Body.Close() }()
	w.WriteHeader(answer.StatusCode)
	_, _ = io.Copy(w, answer.Body)
}

func bodyOf(w http.ResponseWriter, request *http.Request) ([]byte, error) {
	body := http.MaxBytesReader(w, request.Body, largestRequest)
	if request.Header.Get("Content-Encoding") != "zstd" {
		return io.ReadAll(body)
	}
	decoder, err := zstd.NewReader(body, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(largestRequest))
	if err != nil {
		return nil, err
	}
	defer decoder.Close()
	return io.ReadAll(decoder)
}
