package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// login is one attempt to use a PostgreSQL server. It comes on standard input only: arguments can be read by everybody on the node.
type login struct {
	ID   string `json:"id"`
	Host string `json:"host"`
	Port int    `json:"port"`
	// Database, user and password are taken as they are: neither environment variables nor files of the pod add to them.
	Database string `json:"database"`
	User     string `json:"user"`
	Password string `json:"password"`
	// CA is PEM; the server must show a certificate that it signed for ServerName. Both are used with verify-full only.
	CA         string `json:"ca"`
	ServerName string `json:"serverName"`
	SSLMode    string `json:"sslmode"`
	Statement  string `json:"statement"`
}

type logins struct {
	TimeoutMs int     `json:"timeoutMs"`
	Attempts  []login `json:"attempts"`
}

const (
	verifyFull = "verify-full"
	disable    = "disable"

	// Outcomes beside those of the network: the server let the login in and did what was asked; it said no, in its own words;
	// or there was no trust between the two.
	answered  = "answered"
	forbidden = "forbidden"
	untrusted = "untrusted"

	phaseLogin     = "login"
	phaseStatement = "statement"
)

// loginResult says how far an attempt came. Code and Message are the server's own; Error is ours, or the network's.
type loginResult struct {
	ID      string  `json:"id"`
	Outcome string  `json:"outcome"`
	Phase   string  `json:"phase"`
	Address string  `json:"address,omitempty"`
	Code    string  `json:"code,omitempty"`
	Message string  `json:"message,omitempty"`
	Error   string  `json:"error,omitempty"`
	Value   *string `json:"value,omitempty"`
	Ms      float64 `json:"ms"`
}

func postgres(ctx context.Context, p prober, in io.Reader, out io.Writer) error {
	line, err := bufio.NewReader(in).ReadBytes('\n')
	if err != nil && !(errors.Is(err, io.EOF) && len(line) > 0) {
		return fmt.Errorf("expected one line of JSON on standard input, got %w", err)
	}
	var asked logins
	// What the decoder says may quote what it read, and that holds passwords.
	if json.Unmarshal(line, &asked) != nil {
		return errors.New("expected one line of JSON on standard input with timeoutMs and attempts")
	}
	if asked.TimeoutMs < 1 || asked.TimeoutMs > 60_000 {
		return fmt.Errorf("expected timeoutMs from 1 to 60000, got %d", asked.TimeoutMs)
	}
	for _, l := range asked.Attempts {
		if l.SSLMode != verifyFull && l.SSLMode != disable {
			return fmt.Errorf("attempt %q: expected sslmode %s or %s, got %q", l.ID, verifyFull, disable, l.SSLMode)
		}
	}
	results := make([]loginResult, len(asked.Attempts))
	var group sync.WaitGroup
	for index, l := range asked.Attempts {
		group.Go(func() { results[index] = p.login(ctx, l, time.Duration(asked.TimeoutMs)*time.Millisecond) })
	}
	group.Wait()
	return json.NewEncoder(out).Encode(struct {
		Results []loginResult `json:"results"`
	}{results})
}

func (p prober) login(ctx context.Context, l login, window time.Duration) loginResult {
	started := time.Now()
	found := p.tryLogin(ctx, l, window)
	found.ID = l.ID
	found.Ms = float64(time.Since(started).Microseconds()) / 1000
	return found
}

func (p prober) tryLogin(ctx context.Context, l login, window time.Duration) loginResult {
	address, err := p.resolve(ctx, l.Host, window)
	if err != nil {
		return loginResult{Outcome: dns, Phase: phaseResolve, Error: err.Error()}
	}
	bounded, cancel := context.WithTimeout(ctx, window)
	defer cancel()
	config, err := configOf(l)
	if err != nil {
		return loginResult{Outcome: failed, Phase: phaseResolve, Error: err.Error()}
	}
	// One address, resolved above: what the library would look up by itself could be another.
	target := net.JoinHostPort(address.String(), strconv.Itoa(l.Port))
	var opened error
	config.LookupFunc = func(context.Context, string) ([]string, error) { return []string{address.String()}, nil }
	config.DialFunc = func(ctx context.Context, _, _ string) (net.Conn, error) {
		connection, err := p.dial(ctx, "tcp", target)
		opened = err
		return connection, err
	}
	found := ask(bounded, config, l.Statement, &opened)
	found.Address = address.String()
	return found
}

func ask(ctx context.Context, config *pgconn.Config, statement string, opened *error) loginResult {
	connection, err := pgconn.ConnectConfig(ctx, config)
	if err != nil {
		if *opened != nil {
			return loginResult{Outcome: outcomeOf(*opened), Phase: phaseConnect, Error: (*opened).Error()}
		}
		return refusal(err, phaseLogin)
	}
	defer func() { _ = connection.Close(ctx) }()
	results, err := connection.Exec(ctx, statement).ReadAll()
	if err != nil {
		return refusal(err, phaseStatement)
	}
	return loginResult{Outcome: answered, Phase: phaseStatement, Value: firstValue(results)}
}

// firstValue is the last statement's first column of its first row, the only thing that an attempt asks for.
func firstValue(results []*pgconn.Result) *string {
	if len(results) == 0 {
		return nil
	}
	rows := results[len(results)-1].Rows
	if len(rows) == 0 || len(rows[0]) == 0 || rows[0][0] == nil {
		return nil
	}
	value := string(rows[0][0])
	return &value
}
