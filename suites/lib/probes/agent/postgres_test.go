package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"math/big"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"
)

// server speaks as much of PostgreSQL's protocol as an attempt needs; `only` is the one role that gets in.
type server struct {
	certificate *tls.Certificate
	only        string
	silent      bool
}

func (s server) start(t *testing.T) (port int) {
	t.Helper()
	socket, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = socket.Close() })
	go func() {
		for {
			connection, err := socket.Accept()
			if err != nil {
				return
			}
			go s.serve(connection)
		}
	}()
	return socket.Addr().(*net.TCPAddr).Port
}

func (s server) serve(connection net.Conn) {
	defer connection.Close()
	backend := pgproto3.NewBackend(connection, connection)
	for {
		message, err := backend.ReceiveStartupMessage()
		if err != nil {
			return
		}
		switch message := message.(type) {
		case *pgproto3.SSLRequest:
			if s.certificate == nil {
				_, _ = connection.Write([]byte{'N'})
				continue
			}
			_, _ = connection.Write([]byte{'S'})
			connection = tls.Server(connection, &tls.Config{Certificates: []tls.Certificate{*s.certificate}})
			backend = pgproto3.NewBackend(connection, connection)
		case *pgproto3.StartupMessage:
			s.session(backend, message.Parameters)
			return
		}
	}
}

func (s server) session(backend *pgproto3.Backend, parameters map[string]string) {
	if s.silent {
		_, _ = backend.Receive()
		return
	}
	if parameters["user"] != s.only {
		backend.Send(&pgproto3.ErrorResponse{Severity: "FATAL", Code: "28P01", Message: "password authentication failed for user \"" + parameters["user"] + "\""})
		_ = backend.Flush()
		return
	}
	backend.Send(&pgproto3.AuthenticationOk{})
	backend.Send(&pgproto3.ReadyForQuery{TxStatus: 'I'})
	_ = backend.Flush()
	for {
		message, err := backend.Receive()
		query, asked := message.(*pgproto3.Query)
		if err != nil || !asked {
			return
		}
		if strings.HasPrefix(query.String, "create") {
			backend.Send(&pgproto3.ErrorResponse{Severity: "ERROR", Code: "42501", Message: "permission denied for schema public"})
		} else {
			backend.Send(&pgproto3.RowDescription{Fields: []pgproto3.FieldDescription{{Name: []byte("value")}}})
			backend.Send(&pgproto3.DataRow{Values: [][]byte{[]byte(parameters["database"])}})
			backend.Send(&pgproto3.CommandComplete{CommandTag: []byte("SELECT 1")})
		}
		backend.Send(&pgproto3.ReadyForQuery{TxStatus: 'I'})
		_ = backend.Flush()
	}
}

// certified is a server certificate for the name, signed by itself, and that certificate in PEM.
func certified(t *testing.T, name string) (*tls.Certificate, string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{name}, NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, string(text)
}

func logIn(t *testing.T, p prober, window int, asked ...login) []loginResult {
	t.Helper()
	line, err := json.Marshal(logins{TimeoutMs: window, Attempts: asked})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := postgres(context.Background(), p, bytes.NewReader(append(line, '\n')), &out); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "hunter2") {
		t.Fatalf("expected no password in the answer, got %s", out.String())
	}
	var said struct{ Results []loginResult }
	if err := json.Unmarshal(out.Bytes(), &said); err != nil {
		t.Fatal(err)
	}
	return said.Results
}

func attemptAt(port int, ca string) login {
	return login{
		ID: "a", Host: "127.0.0.1", Port: port, Database: "staging", User: "staging_blue", Password: "hunter2", CA: ca,
		ServerName: "store.test", SSLMode: verifyFull, Statement: "select current_database()",
	}
}

func with(l login, change func(*login)) login {
	change(&l)
	return l
}

func TestALoginSaysWhatTheServerAnswered(t *testing.T) {
	certificate, ca := certified(t, "store.test")
	at := attemptAt(server{certificate: certificate, only: "staging_blue"}.start(t), ca)
	got := logIn(t, newProber(), 2000, at,
		with(at, func(l *login) { l.User = "production_blue" }),
		with(at, func(l *login) { l.Statement = "create table t ()" }),
		with(at, func(l *login) { l.SSLMode = disable }))
	if got[0].Outcome != answered || got[0].Value == nil || *got[0].Value != "staging" || got[0].Address != "127.0.0.1" {
		t.Fatalf("expected the server's answer, got %+v", got[0])
	}
	if got[1].Outcome != forbidden || got[1].Phase != phaseLogin || got[1].Code != "28P01" || got[1].Message != `FATAL: password authentication failed for user "production_blue"` {
		t.Fatalf("expected the server's refusal of the login, got %+v", got[1])
	}
	if got[2].Outcome != forbidden || got[2].Phase != phaseStatement || got[2].Code != "42501" || got[2].Message != "ERROR: permission denied for schema public" {
		t.Fatalf("expected the server's refusal of the statement, got %+v", got[2])
	}
	if got[3].Outcome != answered {
		t.Fatalf("expected a connection without TLS to say so when it is let in, got %+v", got[3])
	}
}

func TestTrustIsNeverAssumed(t *testing.T) {
	certificate, ca := certified(t, "store.test")
	_, other := certified(t, "store.test")
	at := attemptAt(server{certificate: certificate, only: "staging_blue"}.start(t), ca)
	plain := attemptAt(server{only: "staging_blue"}.start(t), ca)
	got := logIn(t, newProber(), 2000, plain,
		with(at, func(l *login) { l.CA = other }),
		with(at, func(l *login) { l.ServerName = "another.test" }),
		with(at, func(l *login) { l.CA = "no certificate" }))
	for index, text := range []string{"server refused TLS connection", "certificate signed by unknown authority", "certificate is valid for store.test, not another.test"} {
		if got[index].Outcome != untrusted || got[index].Phase != phaseLogin || !strings.Contains(got[index].Error, text) {
			t.Fatalf("expected %q, got %+v", text, got[index])
		}
	}
	if got[3].Outcome != failed || got[3].Error != `attempt "a": expected ca to hold a certificate in PEM, and it holds none` {
		t.Fatalf("expected a fault of the attempt, got %+v", got[3])
	}
}

func TestTheNetworkIsNotTheServer(t *testing.T) {
	silent := attemptAt(server{only: "staging_blue", silent: true}.start(t), "")
	silent.SSLMode = disable
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := closed.Addr().(*net.TCPAddr).Port
	_ = closed.Close()
	got := logIn(t, newProber(), 300, silent,
		with(silent, func(l *login) { l.Port = port }),
		with(silent, func(l *login) { l.Host = "nobody.invalid." }))
	for index, wanted := range [][2]string{{timeout, phaseLogin}, {refused, phaseConnect}, {dns, phaseResolve}} {
		if got[index].Outcome != wanted[0] || got[index].Phase != wanted[1] {
			t.Fatalf("expected %v, got %+v", wanted, got[index])
		}
	}
}

func TestARequestIsReadWithoutQuotingIt(t *testing.T) {
	for line, wanted := range map[string]string{
		`{"attempts": "hunter2"}` + "\n":                              "expected one line of JSON on standard input with timeoutMs and attempts",
		`{"timeoutMs": 0}` + "\n":                                     "expected timeoutMs from 1 to 60000, got 0",
		`{"timeoutMs": 9, "attempts": [{"sslmode":"prefer"}]}` + "\n": `attempt "": expected sslmode verify-full or disable, got "prefer"`,
	} {
		err := postgres(context.Background(), newProber(), strings.NewReader(line), &bytes.Buffer{})
		if err == nil || err.Error() != wanted {
			t.Fatalf("expected %q, got %v", wanted, err)
		}
	}
}
