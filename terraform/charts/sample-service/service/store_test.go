package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func certificate(t *testing.T) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

func secret(t *testing.T, changed map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	files := map[string]string{"host": "data-store.staging.svc", "port": "5432", "database": "staging", "username": "staging_blue", "password": "p w'\\\n", "ca.crt": certificate(t)}
	for name, content := range changed {
		files[name] = content
	}
	for name, content := range files {
		if content == "absent" {
			continue
		}
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func TestTheSecretBecomesAVerifiedConnection(t *testing.T) {
	config, err := configFrom(secret(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	if config.Host != "data-store.staging.svc" || config.Port != 5432 || config.User != "staging_blue" || config.Password != `p w'\` || config.Database != "staging" {
		t.Errorf("expected what the Secret says, got %s:%d %s %s", config.Host, config.Port, config.User, config.Database)
	}
	if config.TLSConfig == nil || config.TLSConfig.InsecureSkipVerify || config.TLSConfig.ServerName != config.Host || len(config.Fallbacks) != 0 {
		t.Error("expected TLS that verifies the host's name, and no weaker way")
	}
}

func TestABrokenSecretIsNamedWithoutItsContent(t *testing.T) {
	for name, broken := range map[string]struct{ content, expected string }{
		"password": {"absent", "expected the key password of the Secret data-store"},
		"port":     {"none", "expected the key port of the Secret data-store to be a port"},
		"ca.crt":   {"none", "expected the key ca.crt of the Secret data-store to hold a certificate in PEM"},
	} {
		_, err := configFrom(secret(t, map[string]string{name: broken.content}))
		if err == nil || !strings.HasPrefix(err.Error(), broken.expected) {
			t.Errorf("%s: expected %q, got %v", name, broken.expected, err)
		}
	}
}
