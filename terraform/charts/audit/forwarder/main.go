// Command audit-forwarder brings audit records from their bucket into the log store, where they can be searched and alerted on. The
// bucket is the truth and is never written to; the log store holds a copy of its newest part, which is filled again when it was lost.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

type settings struct {
	bucket       bucketSettings
	logStore     string
	environments string
	retention    time.Duration
	every        time.Duration
	listen       string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		slog.Error("audit-forwarder ended", "error", err.Error())
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	s, err := parse(args)
	if err != nil {
		return err
	}
	objects, err := newBucket(s.bucket)
	if err != nil {
		return err
	}
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stdout, nil)))
	measured := newMetrics()
	server := &http.Server{Addr: s.listen, Handler: handler(measured, time.Now), ReadHeaderTimeout: 5 * time.Second}
	failed := make(chan error, 1)
	go func() { failed <- server.ListenAndServe() }()
	defer server.Close()
	forwarders := forwardersOf(s, objects, newLogStore(s.logStore), measured)
	for {
		for _, each := range forwarders {
			each.round(ctx)
		}
		select {
		case <-ctx.Done():
			return nil
		case err := <-failed:
			return fmt.Errorf("serve %s: %w", s.listen, err)
		case <-time.After(s.every):
		}
	}
}

func parse(args []string) (settings, error) {
	var s settings
	flags := flag.NewFlagSet("audit-forwarder", flag.ContinueOnError)
	flags.StringVar(&s.bucket.endpoint, "endpoint", "", "URL of the object storage")
	flags.StringVar(&s.bucket.region, "region", "", "region that requests are signed for")
	flags.StringVar(&s.bucket.name, "bucket", "", "bucket of the audit records")
	flags.StringVar(&s.bucket.credentials, "credentials", "", "folder with the files access_key and secret_key")
	flags.StringVar(&s.bucket.authority, "authority", "", "PEM file of the authority behind the endpoint's certificate; empty for public ones")
	flags.StringVar(&s.logStore, "log-store", "", "URL of VictoriaLogs")
	flags.StringVar(&s.environments, "environments", "", "names of the environments, separated by commas")
	flags.DurationVar(&s.retention, "retention", 7*24*time.Hour, "how long the log store keeps records: older ones are not brought to it")
	flags.DurationVar(&s.every, "every", 2*time.Second, "pause between two looks into the bucket")
	flags.StringVar(&s.listen, "listen", ":9100", "address of metrics and health")
	if err := flags.Parse(args); err != nil {
		return s, err
	}
	needed := map[string]string{
		"endpoint": s.bucket.endpoint, "region": s.bucket.region, "bucket": s.bucket.name,
		"credentials": s.bucket.credentials, "log-store": s.logStore, "environments": s.environments,
	}
	for _, name := range []string{"endpoint", "region", "bucket", "credentials", "log-store", "environments"} {
		if needed[name] == "" {
			return s, errors.New("expected a value for -" + name + ", got none")
		}
	}
	return s, nil
}

func forwardersOf(s settings, objects objectSource, store recordSink, measured *metrics) []*forwarder {
	known := environments{}
	for name := range strings.SplitSeq(s.environments, ",") {
		known[name] = true
	}
	forwarders := []*forwarder{}
	for _, each := range streams {
		forwarders = append(forwarders, &forwarder{
			stream: each, environments: known, objects: objects, store: store, metrics: measured, retention: s.retention, now: time.Now,
		})
	}
	return forwarders
}
