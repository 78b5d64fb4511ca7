package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// mostAnswer bounds what is read of an answer, in bytes: some ten thousand keys.
const mostAnswer = 4 << 20

// recordSink is the log store as it is used here.
type recordSink interface {
	insert(ctx context.Context, records []record) error
	// newest is the last key that the store holds records of, empty when it holds none.
	newest(ctx context.Context, source string) (string, error)
	// held are the keys that the store holds records of.
	held(ctx context.Context, source string) (map[string]bool, error)
}

type logStore struct {
	address string
	client  *http.Client
}

func newLogStore(address string) *logStore {
	return &logStore{address: address, client: &http.Client{Timeout: 30 * time.Second}}
}

func (l *logStore) insert(ctx context.Context, records []record) error {
	var body bytes.Buffer
	encoder := json.NewEncoder(&body)
	for _, each := range records {
		if err := encoder.Encode(each); err != nil {
			return err
		}
	}
	query := url.Values{"_stream_fields": {"source,environment"}, "_time_field": {"_time"}, "_msg_field": {"_msg"}}
	_, err := l.ask(ctx, http.MethodPost, "/insert/jsonline", query, &body)
	return err
}

func (l *logStore) newest(ctx context.Context, source string) (string, error) {
	query := url.Values{"query": {fmt.Sprintf("source:=%q | stats max(object) as newest", source)}}
	answer, err := l.ask(ctx, http.MethodGet, "/select/logsql/query", query, nil)
	if err != nil || len(bytes.TrimSpace(answer)) == 0 {
		return "", err
	}
	var row struct {
		Newest string `json:"newest"`
	}
	if err := json.Unmarshal(bytes.TrimSpace(answer), &row); err != nil {
		return "", fmt.Errorf("the log store's answer about the newest record of %s: %w", source, err)
	}
	return row.Newest, nil
}

func (l *logStore) held(ctx context.Context, source string) (map[string]bool, error) {
	query := url.Values{"query": {fmt.Sprintf("source:=%q | uniq by (object)", source)}}
	answer, err := l.ask(ctx, http.MethodGet, "/select/logsql/query", query, nil)
	if err != nil {
		return nil, err
	}
	held := map[string]bool{}
	for rows := json.NewDecoder(bytes.NewReader(answer)); rows.More(); {
		var row struct {
			Object string `json:"object"`
		}
		if err := rows.Decode(&row); err != nil {
			return nil, fmt.Errorf("the log store's answer about the records of %s: %w", source, err)
		}
		held[row.Object] = true
	}
	return held, nil
}

func (l *logStore) ask(ctx context.Context, method, path string, query url.Values, body io.Reader) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, method, l.address+path+"?"+query.Encode(), body)
	if err != nil {
		return nil, err
	}
	answer, err := l.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, mostAnswer))
	if err != nil {
		return nil, err
	}
	if answer.StatusCode/100 != 2 {
		return nil, fmt.Errorf("%s answered %s: %.300s", path, answer.Status, text)
	}
	return text, nil
}
