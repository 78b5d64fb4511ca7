package main

import (
	"fmt"
	"time"
)

// settings says what this process is and where it finds what. All of it comes from environment variables.
type settings struct {
	name        string
	environment string
	pod         string
	listen      string
	metrics     string
	// Folder with the files host, port, database, username, password and ca.crt; empty when the service has no data store.
	dataStore string
	// File with the key; empty when the service has none.
	sessionKey string
	// How long requests are still taken after the order to end, so that those already on their way here are answered.
	drain time.Duration
}

func settingsFrom(get func(string) string) (settings, error) {
	found := settings{
		name:        valueOr(get("SERVICE_NAME"), "sample-service"),
		environment: get("ENVIRONMENT"),
		pod:         valueOr(get("POD_NAME"), "unknown"),
		listen:      valueOr(get("LISTEN"), ":8080"),
		metrics:     valueOr(get("METRICS_LISTEN"), ":9090"),
		dataStore:   get("DATA_STORE_FOLDER"),
		sessionKey:  get("SESSION_KEY_FILE"),
	}
	if found.environment == "" {
		return settings{}, fmt.Errorf("expected the environment variable ENVIRONMENT with the name of the environment, and it is empty")
	}
	drain, err := time.ParseDuration(valueOr(get("DRAIN"), "3s"))
	if err != nil || drain < 0 || drain > time.Minute {
		return settings{}, fmt.Errorf("expected the environment variable DRAIN with a duration from 0s to 1m, got %q", get("DRAIN"))
	}
	found.drain = drain
	return found, nil
}

func valueOr(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}
