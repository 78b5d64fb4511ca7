package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// noTLS is what the library says when the server answers a request for TLS with "no"; the error has no type of its own.
const noTLS = "server refused TLS connection"

// configOf uses nothing but the attempt itself: a fallback to a weaker connection would prove something else than what was asked.
func configOf(l login) (*pgconn.Config, error) {
	config, err := pgconn.ParseConfig("host=replaced user=replaced sslmode=disable passfile=/nonexistent servicefile=/nonexistent")
	if err != nil {
		return nil, errors.New("the PostgreSQL library does not take an empty configuration")
	}
	config.Host, config.Port = l.Host, uint16(l.Port)
	config.User, config.Password, config.Database = l.User, l.Password, l.Database
	config.Fallbacks = nil
	config.RuntimeParams = map[string]string{"application_name": "plumbline-probe"}
	if l.SSLMode == disable {
		return config, nil
	}
	authorities := x509.NewCertPool()
	if !authorities.AppendCertsFromPEM([]byte(l.CA)) {
		return nil, fmt.Errorf("attempt %q: expected ca to hold a certificate in PEM, and it holds none", l.ID)
	}
	config.TLSConfig = &tls.Config{RootCAs: authorities, ServerName: l.ServerName, MinVersion: tls.VersionTLS12}
	return config, nil
}

// refusal reads what became of a connection that was opened: the server's own no, a broken trust, or the network.
func refusal(err error, phase string) loginResult {
	var said *pgconn.PgError
	if errors.As(err, &said) {
		return loginResult{Outcome: forbidden, Phase: phase, Code: said.Code, Message: said.Severity + ": " + said.Message}
	}
	if why, broken := brokenTrust(err); broken {
		return loginResult{Outcome: untrusted, Phase: phase, Error: why}
	}
	return loginResult{Outcome: outcomeOf(err), Phase: phase, Error: err.Error()}
}

func brokenTrust(err error) (string, bool) {
	var certificate *tls.CertificateVerificationError
	if errors.As(err, &certificate) {
		return certificate.Err.Error(), true
	}
	var alert tls.AlertError
	if errors.As(err, &alert) {
		return alert.Error(), true
	}
	return noTLS, strings.Contains(err.Error(), noTLS)
}
