// Command probe-agent is both ends of a reachability probe. `listen` answers attempts and logs each one that arrives, so
// that the far side is a second witness; `probe` makes a batch of attempts and prints what became of them; `watch` makes it again every second; `postgres` does so
// for logins at a PostgreSQL server. The other modes measure time: when a pod begins, when a policy lands. It reports and never judges: what an outcome means is decided by the suites.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
)

const usage = `usage:
  probe-agent listen -id NAME [-tcp PORT,...] [-udp PORT,...]
  probe-agent probe < request.json
  probe-agent watch < request.json
  probe-agent postgres < request.json
  probe-agent tally -accept PREFIX -port PORT
  probe-agent start-up -id NAME -accept PREFIX -target HOST:PORT -port PORT [-every TIME] [-for TIME] [-report FILE]
  probe-agent hammer -id NAME -networks CIDR,... -port PORT [-pace N] [-hops N]
  probe-agent stream -id NAME -target HOST:PORT [-every TIME] [-lost N]
  probe-agent ask`

// timed are the modes that run on by themselves; `ask` is how what they know is had.
var timed = map[string]func(context.Context, []string, io.Writer) error{
	"tally": keepTally, "start-up": startUp, "hammer": hammerAll, "stream": keepStreaming,
	"ask": func(_ context.Context, _ []string, out io.Writer) error { return askRunning(confidant, out) },
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "probe-agent: "+err.Error())
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, in io.Reader, out io.Writer) error {
	if len(args) == 0 {
		return fmt.Errorf("expected a mode, got none\n%s", usage)
	}
	if mode, known := timed[args[0]]; known {
		return mode(ctx, args[1:], out)
	}
	switch args[0] {
	case "listen":
		options, err := listenOptions(args[1:])
		if err != nil {
			return err
		}
		return listen(ctx, options, out)
	case "probe":
		return probe(ctx, newProber(), in, out)
	case "watch":
		return watch(ctx, newProber(), in, out)
	case "postgres":
		return postgres(ctx, newProber(), in, out)
	default:
		return fmt.Errorf("expected the mode listen, probe, watch, postgres, tally, start-up, hammer, stream or ask, got %q\n%s", args[0], usage)
	}
}

func listenOptions(args []string) (options, error) {
	flags := flag.NewFlagSet("listen", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	id := flags.String("id", "", "name that answers carry")
	tcp := flags.String("tcp", "", "TCP ports, separated by commas")
	udp := flags.String("udp", "", "UDP ports, separated by commas")
	if err := flags.Parse(args); err != nil {
		return options{}, fmt.Errorf("%w\n%s", err, usage)
	}
	if *id == "" || strings.ContainsAny(*id, " \n") {
		return options{}, fmt.Errorf("expected -id with a name without spaces, got %q", *id)
	}
	tcpPorts, err := ports(*tcp)
	if err != nil {
		return options{}, err
	}
	udpPorts, err := ports(*udp)
	if err != nil {
		return options{}, err
	}
	if len(tcpPorts)+len(udpPorts) == 0 {
		return options{}, fmt.Errorf("expected at least one port to listen on, got none\n%s", usage)
	}
	return options{id: *id, tcp: tcpPorts, udp: udpPorts}, nil
}

func flagsOf(mode string) *flag.FlagSet {
	flags := flag.NewFlagSet(mode, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	return flags
}

func parsed(flags *flag.FlagSet, args []string) error {
	if err := flags.Parse(args); err != nil {
		return fmt.Errorf("%w\n%s", err, usage)
	}
	return nil
}

func ports(list string) ([]int, error) {
	var parsed []int
	for _, text := range strings.Split(list, ",") {
		if text == "" {
			continue
		}
		port, err := strconv.Atoi(text)
		if err != nil || port < 0 || port > 65535 {
			return nil, fmt.Errorf("expected a port from 1 to 65535, got %q", text)
		}
		parsed = append(parsed, port)
	}
	return parsed, nil
}
