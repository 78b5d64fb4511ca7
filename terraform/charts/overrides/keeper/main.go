// Command override-keeper takes away segmentation overrides whose time is over. It watches the network policies with the label
// plumbline.dev/override in the environments and deletes each when its end has come, so that an override ends by itself, also when
// nobody who asked for it or approved it is there. It touches nothing else, and says one line about each deletion.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

type settings struct {
	namespaces []string
	api        apiSettings
	// longest is how long an override may be open at all, whatever it says of its end.
	longest time.Duration
	listen  string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		slog.Error("override-keeper ended", "error", err.Error())
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	s, err := parse(args)
	if err != nil {
		return err
	}
	api, err := newAPI(s.api)
	if err != nil {
		return err
	}
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stdout, nil)))
	kept := newKeeper(api, s.namespaces, s.longest, time.Now)
	server := &http.Server{Addr: s.listen, Handler: handler(kept), ReadHeaderTimeout: 5 * time.Second}
	failed := make(chan error, 1)
	go func() { failed <- server.ListenAndServe() }()
	defer server.Close()
	for _, namespace := range s.namespaces {
		go kept.follow(ctx, namespace)
	}
	ticks := time.NewTicker(500 * time.Millisecond)
	defer ticks.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-failed:
			return fmt.Errorf("serve %s: %w", s.listen, err)
		case <-ticks.C:
			kept.sweep(ctx)
		}
	}
}

// inCluster is the API server as every pod is told of it; empty outside of a cluster.
func inCluster() string {
	host, port := os.Getenv("KUBERNETES_SERVICE_HOST"), os.Getenv("KUBERNETES_SERVICE_PORT")
	if host == "" || port == "" {
		return ""
	}
	return "https://" + net.JoinHostPort(host, port)
}

func parse(args []string) (settings, error) {
	var s settings
	var namespaces string
	flags := flag.NewFlagSet("override-keeper", flag.ContinueOnError)
	flags.StringVar(&namespaces, "namespaces", "", "namespaces of the environments, separated by commas")
	flags.DurationVar(&s.longest, "longest", 0, "how long an override may be open at all")
	flags.StringVar(&s.listen, "listen", ":9100", "address of metrics and health")
	account := "/var/run/secrets/kubernetes.io/serviceaccount/"
	flags.StringVar(&s.api.url, "api-server", inCluster(), "URL of the API server; its address, so that no name server is needed to end an override")
	flags.StringVar(&s.api.token, "token", account+"token", "file with the token")
	flags.StringVar(&s.api.authority, "authority", account+"ca.crt", "PEM file of the authority behind the API server's certificate")
	if err := flags.Parse(args); err != nil {
		return s, err
	}
	if s.api.url == "" {
		return s, errors.New("expected a value for -api-server outside of a cluster, got none")
	}
	s.namespaces = strings.FieldsFunc(namespaces, func(r rune) bool { return r == ',' })
	if len(s.namespaces) == 0 {
		return s, errors.New("expected a value for -namespaces, got none")
	}
	if s.longest <= 0 {
		return s, errors.New("expected a time above zero for -longest, got " + s.longest.String())
	}
	return s, nil
}
