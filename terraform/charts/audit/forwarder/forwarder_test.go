package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

type fakeBucket map[string]string

func (b fakeBucket) list(_ context.Context, prefix, after string) ([]object, error) {
	found := []object{}
	for key := range b {
		if strings.HasPrefix(key, prefix) && key > after {
			found = append(found, object{key: key, stored: time.Now()})
		}
	}
	slices.SortFunc(found, func(a, b object) int { return strings.Compare(a.key, b.key) })
	return found[:min(len(found), page)], nil
}

func (b fakeBucket) lines(_ context.Context, key string, each func([]byte) error) error {
	if b[key] == "damaged" {
		return fmt.Errorf("%w: unexpected EOF", errDamaged)
	}
	return eachLine(strings.NewReader(b[key]), false, each)
}

type fakeStore struct {
	records []record
	away    error
}

func (s *fakeStore) insert(_ context.Context, records []record) error {
	if s.away == nil {
		s.records = append(s.records, slices.Clone(records)...)
	}
	return s.away
}

func (s *fakeStore) newest(context.Context, string) (string, error) {
	newest := ""
	for _, each := range s.records {
		newest = max(newest, each["object"])
	}
	return newest, s.away
}

func (s *fakeStore) held(context.Context, string) (map[string]bool, error) {
	held := map[string]bool{}
	for _, each := range s.records {
		held[each["object"]] = true
	}
	return held, s.away
}

func (s *fakeStore) messages() string {
	found := []string{}
	for _, each := range s.records {
		found = append(found, each["_msg"])
	}
	return strings.Join(found, " ")
}

func newForwarder(objects objectSource, store recordSink) (*forwarder, *time.Time) {
	clock := time.Now()
	return &forwarder{
		stream: streams[1], environments: known, objects: objects, store: store, metrics: newMetrics(), retention: 24 * time.Hour, now: func() time.Time { return clock },
	}, &clock
}

func key(name string) string {
	return streams[1].start(time.Now()) + name
}

func TestNewObjectsAreBroughtOnceInOrder(t *testing.T) {
	objects, store := fakeBucket{key("b"): `{"message":"2"}`, key("a"): `{"message":"1"}`}, &fakeStore{}
	f, _ := newForwarder(objects, store)
	f.round(t.Context())
	objects[key("c")] = `{"message":"3"}`
	f.round(t.Context())
	if store.messages() != "1 2 3" {
		t.Errorf("expected 1 2 3, got %s", store.messages())
	}
	if !strings.Contains(f.metrics.text(), `audit_forwarder_records_total{source="data-store"} 3`) {
		t.Error("expected three records to be counted")
	}
}

func TestRestartBringsTheLastObjectAgainUnderTheSameIds(t *testing.T) {
	objects, store := fakeBucket{key("a"): `{"message":"1"}`, key("b"): `{"message":"2"}`}, &fakeStore{}
	first, _ := newForwarder(objects, store)
	first.round(t.Context())
	second, _ := newForwarder(objects, store)
	second.round(t.Context())
	if store.messages() != "1 2 2" || store.records[1]["record_id"] != store.records[2]["record_id"] {
		t.Errorf("expected 1 2 2 with one id for the last two, got %v", store.records)
	}
}

func TestEmptiedStoreIsFilledAgain(t *testing.T) {
	objects, store := fakeBucket{key("a"): `{"message":"1"}`}, &fakeStore{}
	f, clock := newForwarder(objects, store)
	f.round(t.Context())
	store.records = nil
	*clock = clock.Add(checkAgain)
	f.round(t.Context())
	if store.messages() != "1" {
		t.Errorf("expected 1, got %q", store.messages())
	}
}

func TestWhatTheStoreWouldNotKeepIsLeftOut(t *testing.T) {
	old := streams[1].start(time.Now().Add(-72 * time.Hour))
	store := &fakeStore{}
	f, _ := newForwarder(fakeBucket{old + "a": `{"message":"old"}`, key("a"): `{"message":"new"}`}, store)
	f.round(t.Context())
	if store.messages() != "new" {
		t.Errorf("expected new, got %q", store.messages())
	}
}

func TestStoreThatIsAwayLosesNothing(t *testing.T) {
	store := &fakeStore{away: errors.New("connection refused")}
	f, _ := newForwarder(fakeBucket{key("a"): `{"message":"1"}`}, store)
	f.round(t.Context())
	if standing := f.metrics.standing(time.Now()); standing == "" {
		t.Error("expected a stream to stand still")
	}
	store.away = nil
	f.round(t.Context())
	if store.messages() != "1" || !strings.Contains(f.metrics.text(), `audit_forwarder_errors_total{source="data-store"} 1`) {
		t.Errorf("expected 1 and one error, got %q and %s", store.messages(), f.metrics.text())
	}
}

func TestDamagedObjectIsPassedOverAfterSomeTries(t *testing.T) {
	store := &fakeStore{}
	f, _ := newForwarder(fakeBucket{key("a"): "damaged", key("b"): `{"message":"2"}`}, store)
	for range patience - 1 {
		f.round(t.Context())
	}
	if store.messages() != "" {
		t.Errorf("expected nothing yet, got %q", store.messages())
	}
	f.round(t.Context())
	if store.messages() != "2" || !strings.Contains(f.metrics.text(), `audit_forwarder_passed_over_total{source="data-store"} 1`) {
		t.Errorf("expected 2 and one object passed over, got %q", store.messages())
	}
}

func TestLinesOfAPackedObject(t *testing.T) {
	var packed bytes.Buffer
	writer := gzip.NewWriter(&packed)
	fmt.Fprint(writer, "1\n\n2")
	writer.Close()
	got := []string{}
	if err := eachLine(bytes.NewReader(packed.Bytes()), true, func(line []byte) error { got = append(got, string(line)); return nil }); err != nil || strings.Join(got, ",") != "1,2" {
		t.Errorf("expected 1,2, got %v (%v)", got, err)
	}
	cut := packed.Bytes()[:packed.Len()-6]
	if err := eachLine(bytes.NewReader(cut), true, func([]byte) error { return nil }); !errors.Is(err, errDamaged) {
		t.Errorf("expected a damaged object, got %v", err)
	}
}

func gathering(objects objectSource, store recordSink) (*forwarder, *time.Time) {
	f, clock := newForwarder(objects, store)
	f.stream = streams[len(streams)-1]
	return f, clock
}

func approvalKey(name string) string {
	return "approvals/" + ulidTime(time.Now()) + "AAAAAAAAAAAAAAAA/" + name
}

func TestWhatComesLaterToAnEarlierRequestIsBrought(t *testing.T) {
	objects, store := fakeBucket{approvalKey("b/request.json"): "1", approvalKey("c/request.json"): "2"}, &fakeStore{}
	f, _ := gathering(objects, store)
	f.round(t.Context())
	objects[approvalKey("b/approval-ann.json")] = "3"
	f.round(t.Context())
	if store.messages() != "1 2 3" {
		t.Errorf("expected 1 2 3, got %q (%s)", store.messages(), f.metrics.text())
	}
}

func TestRestartBringsOnlyWhatIsMissing(t *testing.T) {
	objects, store := fakeBucket{approvalKey("b/request.json"): "1"}, &fakeStore{}
	first, _ := gathering(objects, store)
	first.round(t.Context())
	objects[approvalKey("a/request.json")] = "2"
	second, _ := gathering(objects, store)
	second.round(t.Context())
	if store.messages() != "1 2" {
		t.Errorf("expected 1 2, got %q", store.messages())
	}
}

func TestGatheredStoreThatWasEmptiedIsFilledAgain(t *testing.T) {
	store := &fakeStore{}
	f, clock := gathering(fakeBucket{approvalKey("a/request.json"): "1"}, store)
	f.round(t.Context())
	store.records = nil
	*clock = clock.Add(checkAgain)
	f.round(t.Context())
	if store.messages() != "1" {
		t.Errorf("expected 1, got %q", store.messages())
	}
}

func TestTimeOfAUlid(t *testing.T) {
	// The example of the specification of ULIDs.
	if got := ulidTime(time.UnixMilli(1469918176385)); got != "01ARYZ6S41" {
		t.Errorf("expected 01ARYZ6S41, got %s", got)
	}
}

func TestKeysThatTheLogStoreHolds(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "{\"object\":\"a\"}\n{\"object\":\"b\"}\n")
	}))
	defer server.Close()
	if held, err := newLogStore(server.URL).held(t.Context(), "approval"); err != nil || len(held) != 2 || !held["a"] || !held["b"] {
		t.Errorf("expected a and b, got %v (%v)", held, err)
	}
}

func TestLogStoreRefusalIsAnError(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/insert/jsonline" && r.URL.Query().Get("_stream_fields") == "source,environment" {
			http.Error(w, "the disk is full", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, `{"newest":"a/b"}`)
	}))
	defer server.Close()
	store := newLogStore(server.URL)
	if err := store.insert(t.Context(), []record{{"_msg": "1"}}); err == nil || err.Error() != "/insert/jsonline answered 503 Service Unavailable: the disk is full\n" {
		t.Errorf("expected the store's own words, got %v", err)
	}
	if newest, err := store.newest(t.Context(), "audit"); err != nil || newest != "a/b" {
		t.Errorf("expected a/b, got %q (%v)", newest, err)
	}
}

func TestHealthFollowsTheStreams(t *testing.T) {
	measured, now := newMetrics(), time.Now()
	answer := func(path string) int {
		recorder := httptest.NewRecorder()
		handler(measured, func() time.Time { return now }).ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, path, nil))
		return recorder.Code
	}
	if answer("/healthz") != 200 || answer("/readyz") != 503 {
		t.Error("expected to be alive and not ready before the first round")
	}
	for _, each := range streams {
		measured.succeeded(each.source, now)
	}
	if answer("/readyz") != 200 {
		t.Error("expected to be ready after a round of every stream")
	}
	now = now.Add(2 * stale)
	if answer("/readyz") != 503 {
		t.Error("expected not to be ready when the streams stand still")
	}
}

func TestEveryArgumentIsNeeded(t *testing.T) {
	if _, err := parse([]string{"-endpoint", "https://x"}); err == nil || err.Error() != "expected a value for -region, got none" {
		t.Errorf("expected to be told what is missing, got %v", err)
	}
}
