// Command sample-service is what an application team deploys when it follows the handoff guide: a small HTTP service with health
// checks, metrics, a row in the data store, and routes that make load, delay and errors on request. `probe` calls other services
// over HTTPS, for pods that have no shell.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
)

const version = "0.1.0"

const usage = `usage:
  sample-service serve
  sample-service probe < request.json`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "sample-service: "+err.Error())
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, in io.Reader, out io.Writer) error {
	if len(args) != 1 {
		return errors.New("expected one mode\n" + usage)
	}
	switch args[0] {
	case "serve":
		settings, err := settingsFrom(os.Getenv)
		if err != nil {
			return err
		}
		return serve(ctx, settings, slog.New(slog.NewJSONHandler(out, nil)))
	case "probe":
		return probe(ctx, in, out)
	default:
		return fmt.Errorf("expected the mode serve or probe, got %q\n%s", args[0], usage)
	}
}
