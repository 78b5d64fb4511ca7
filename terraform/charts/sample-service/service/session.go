package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"strings"
)

// sessionKeyID names the session key in use: a keyed digest of a fixed text, from which the key cannot be had. The file is read each
// time, so a rotated key is in use as soon as the kubelet has laid it down.
func sessionKeyID(file string) string {
	if file == "" {
		return ""
	}
	key, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	digest := hmac.New(sha256.New, []byte(strings.TrimSpace(string(key))))
	digest.Write([]byte("session key id"))
	return hex.EncodeToString(digest.Sum(nil))[:12]
}
