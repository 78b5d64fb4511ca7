package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

// visit is the row that was written and read back. `User` is the login in use: it tells a rotation apart and is no secret.
type visit struct {
	Pod    string    `json:"pod"`
	Visits int64     `json:"visits"`
	At     time.Time `json:"at"`
	User   string    `json:"user"`
}

// postgresStore opens a connection of its own for each request with the credentials that the folder holds then: a rotated password is
// used at once, and an old connection never outlives it. A busy service would keep a pool instead, and empty it when the files change.
type postgresStore struct {
	folder string
	mutex  sync.Mutex
	made   bool
}

func newPostgresStore(folder string) *postgresStore { return &postgresStore{folder: folder} }

func (s *postgresStore) ping(ctx context.Context) error {
	connection, err := s.connect(ctx)
	if err != nil {
		return err
	}
	defer closeQuietly(connection)
	return connection.Ping(ctx)
}

func (s *postgresStore) visit(ctx context.Context, pod string) (visit, error) {
	connection, err := s.connect(ctx)
	if err != nil {
		return visit{}, err
	}
	defer closeQuietly(connection)
	if err := s.makeTable(ctx, connection); err != nil {
		return visit{}, err
	}
	if _, err := connection.Exec(ctx, writeRow, pod); err != nil {
		return visit{}, err
	}
	seen := visit{Pod: pod}
	err = connection.QueryRow(ctx, readRow, pod).Scan(&seen.Visits, &seen.At, &seen.User)
	return seen, err
}

const (
	// The logins of an environment come and go by rotation; what they make belongs to the role that owns the database.
	actAsOwner = `select set_config('role', pg_get_userbyid(datdba), false) from pg_database
		where datname = current_database() and pg_has_role(session_user, datdba, 'MEMBER')`
	tableLock = 7_361_442
	makeTable = `create table if not exists sample_service_visits (pod text primary key, visits bigint not null, at timestamptz not null)`
	writeRow  = `insert into sample_service_visits (pod, visits, at) values ($1, 1, now())
		on conflict (pod) do update set visits = sample_service_visits.visits + 1, at = now()`
	readRow = `select visits, at, session_user::text from sample_service_visits where pod = $1`
	// Pods come and go, their rows must not stay for ever.
	forgetRows = `delete from sample_service_visits where at < now() - interval '7 days'`
)

// makeTable makes the table once per process; the lock keeps two pods from making it at the same moment, which the server refuses.
func (s *postgresStore) makeTable(ctx context.Context, connection *pgx.Conn) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.made {
		return nil
	}
	err := pgx.BeginFunc(ctx, connection, func(transaction pgx.Tx) error {
		if _, err := transaction.Exec(ctx, "select pg_advisory_xact_lock($1)", tableLock); err != nil {
			return err
		}
		if _, err := transaction.Exec(ctx, makeTable); err != nil {
			return err
		}
		_, err := transaction.Exec(ctx, forgetRows)
		return err
	})
	s.made = err == nil
	return err
}

func (s *postgresStore) connect(ctx context.Context) (*pgx.Conn, error) {
	config, err := configFrom(s.folder)
	if err != nil {
		return nil, err
	}
	connection, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	if _, err := connection.Exec(ctx, actAsOwner); err != nil {
		closeQuietly(connection)
		return nil, err
	}
	return connection, nil
}

// configFrom reads the files of the Secret. The server must show a certificate of the authority for the host's name: verify-full.
func configFrom(folder string) (*pgx.ConnConfig, error) {
	config, err := pgx.ParseConfig("host=replaced user=replaced sslmode=disable passfile=/nonexistent servicefile=/nonexistent")
	if err != nil {
		return nil, errors.New("the PostgreSQL library does not take an empty configuration")
	}
	read := map[string]string{}
	for _, name := range []string{"host", "port", "database", "username", "password", "ca.crt"} {
		content, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			return nil, fmt.Errorf("expected the key %s of the Secret data-store: %w", name, err)
		}
		read[name] = strings.TrimSpace(string(content))
	}
	port, err := strconv.ParseUint(read["port"], 10, 16)
	if err != nil || port == 0 {
		return nil, errors.New("expected the key port of the Secret data-store to be a port")
	}
	authorities := x509.NewCertPool()
	if !authorities.AppendCertsFromPEM([]byte(read["ca.crt"])) {
		return nil, errors.New("expected the key ca.crt of the Secret data-store to hold a certificate in PEM")
	}
	config.Host, config.Port, config.Database = read["host"], uint16(port), read["database"]
	config.User, config.Password = read["username"], read["password"]
	config.Fallbacks = nil
	config.TLSConfig = &tls.Config{RootCAs: authorities, ServerName: read["host"], MinVersion: tls.VersionTLS12}
	config.RuntimeParams = map[string]string{"application_name": "sample-service"}
	return config, nil
}

func closeQuietly(connection *pgx.Conn) {
	bounded, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_ = connection.Close(bounded)
}
