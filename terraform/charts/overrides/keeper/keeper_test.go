package main

import (
	"context"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

var noon = time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)

func override(name, expires string) policy {
	var p policy
	p.Metadata.Name, p.Metadata.Namespace, p.Metadata.UID, p.Metadata.ResourceVersion = name, "staging", "uid-"+name, "7"
	p.Metadata.CreationTimestamp = noon
	p.Metadata.Labels = map[string]string{overrideLabel: "01kb"}
	p.Metadata.Annotations = map[string]string{}
	if expires != "" {
		p.Metadata.Annotations[expiryAnnotation] = expires
	}
	return p
}

func TestEndOf(t *testing.T) {
	for said, want := range map[string]time.Time{
		"2026-01-31T12:01:00Z":     noon.Add(time.Minute),
		"2026-01-31T12:01:00.250Z": noon.Add(time.Minute + 250*time.Millisecond),
		"2026-02-28T12:00:00Z":     noon.Add(8 * time.Hour),
		"tomorrow":                 noon.Add(8 * time.Hour),
		"":                         noon.Add(8 * time.Hour),
	} {
		if got := endOf(override("a", said), 8*time.Hour); !got.Equal(want) {
			t.Errorf("an override that says %q: expected its end at %v, got %v", said, want, got)
		}
	}
}

// apiStandIn is an API server with network policies in memory, one namespace after the other.
type apiStandIn struct {
	mu       sync.Mutex
	objects  map[string]policy
	deleted  []string
	asked    []string
	refuse   int
	watchers []chan event
}

func (s *apiStandIn) put(p policy) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.objects[p.Metadata.Name] = p
	for _, each := range s.watchers {
		each <- event{"ADDED", p}
	}
}

func (s *apiStandIn) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.asked = append(s.asked, r.Method+" "+r.URL.Path+" "+r.Header.Get("Authorization"))
	s.mu.Unlock()
	switch {
	case r.Method == http.MethodDelete:
		s.serveDelete(w, r)
	case r.URL.Query().Get("watch") == "true":
		s.serveWatch(w, r)
	default:
		s.mu.Lock()
		defer s.mu.Unlock()
		items := []policy{}
		for _, each := range s.objects {
			items = append(items, each)
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"metadata": map[string]string{"resourceVersion": "9"}, "items": items})
	}
}

func (s *apiStandIn) serveDelete(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.refuse > 0 {
		s.refuse--
		http.Error(w, "no", http.StatusForbidden)
		return
	}
	var options struct {
		Preconditions struct{ UID, ResourceVersion string }
	}
	_ = json.NewDecoder(r.Body).Decode(&options)
	name := filepath.Base(r.URL.Path)
	held, ok := s.objects[name]
	if !ok || held.Metadata.UID != options.Preconditions.UID || held.Metadata.ResourceVersion != options.Preconditions.ResourceVersion {
		http.Error(w, "conflict", http.StatusConflict)
		return
	}
	delete(s.objects, name)
	s.deleted = append(s.deleted, name)
	fmt.Fprint(w, "{}")
}

func (s *apiStandIn) serveWatch(w http.ResponseWriter, r *http.Request) {
	events := make(chan event, 10)
	s.mu.Lock()
	s.watchers = append(s.watchers, events)
	s.mu.Unlock()
	w.WriteHeader(http.StatusOK)
	w.(http.Flusher).Flush()
	for {
		select {
		case <-r.Context().Done():
			return
		case e := <-events:
			_ = json.NewEncoder(w).Encode(e)
			w.(http.Flusher).Flush()
		}
	}
}

func (s *apiStandIn) gone() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string{}, s.deleted...)
}

func world(t *testing.T, objects ...policy) (*apiStandIn, *apiServer) {
	t.Helper()
	stand := &apiStandIn{objects: map[string]policy{}}
	for _, each := range objects {
		stand.objects[each.Metadata.Name] = each
	}
	server := httptest.NewTLSServer(stand)
	t.Cleanup(server.Close)
	folder := t.TempDir()
	token, authority := filepath.Join(folder, "token"), filepath.Join(folder, "ca.crt")
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	for file, content := range map[string][]byte{token: []byte("secret\n"), authority: certificate} {
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	api, err := newAPI(apiSettings{url: server.URL, token: token, authority: authority})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.CloseClientConnections)
	return stand, api
}

// listed is a keeper that knows what the API server lists and does not watch.
func listed(t *testing.T, api *apiServer, now func() time.Time) *keeper {
	t.Helper()
	k := newKeeper(api, []string{"staging"}, 8*time.Hour, now)
	found, _, err := api.list(context.Background(), "staging")
	if err != nil {
		t.Fatal(err)
	}
	k.replace("staging", found)
	return k
}

func TestSweepEndsWhatIsOverAndNothingElse(t *testing.T) {
	plain := override("default-deny", "2026-01-31T12:00:01Z")
	plain.Metadata.Labels = nil
	stand, api := world(t, override("over", "2026-01-31T12:01:00Z"), override("open", "2026-01-31T12:05:00Z"), plain)
	now := noon.Add(59 * time.Second)
	k := listed(t, api, func() time.Time { return now })
	k.sweep(t.Context())
	if got := stand.gone(); len(got) != 0 {
		t.Fatalf("expected nothing to be deleted a second before the end, got %v", got)
	}
	now = noon.Add(time.Minute)
	k.sweep(t.Context())
	k.sweep(t.Context())
	if got := stand.gone(); len(got) != 1 || got[0] != "over" {
		t.Fatalf("expected exactly the override that is over to be deleted, got %v", got)
	}
	if !strings.Contains(k.text(), "override_keeper_ended_total 1\n") || !strings.Contains(k.text(), `override_keeper_overrides{namespace="staging"} 1`) {
		t.Errorf("expected one ended and one open override in the metrics, got\n%s", k.text())
	}
	if want := "Bearer secret"; !strings.HasSuffix(stand.asked[0], want) {
		t.Errorf("expected the token of the file, got %s", stand.asked[0])
	}
}

func TestWhatChangedSinceItWasSeenIsNotDeleted(t *testing.T) {
	stand, api := world(t, override("over", "2026-01-31T12:01:00Z"))
	k := listed(t, api, func() time.Time { return noon.Add(time.Hour) })
	anew := override("over", "2026-01-31T19:00:00Z")
	anew.Metadata.ResourceVersion = "8"
	stand.put(anew)
	k.sweep(t.Context())
	if got := stand.gone(); len(got) != 0 {
		t.Fatalf("expected the changed override to stay, got %v deleted", got)
	}
	if len(k.due()) != 0 {
		t.Errorf("expected it to be forgotten until it is seen again")
	}
}

func TestAFailedDeletionIsTriedAgain(t *testing.T) {
	stand, api := world(t, override("over", "2026-01-31T12:01:00Z"))
	stand.refuse = 1
	now := noon.Add(time.Hour)
	k := listed(t, api, func() time.Time { return now })
	k.sweep(t.Context())
	k.sweep(t.Context())
	if got := stand.gone(); len(got) != 0 || k.errors != 1 {
		t.Fatalf("expected one failure and a pause after it, got %d failures and %v deleted", k.errors, got)
	}
	now = now.Add(pause)
	k.sweep(t.Context())
	if got := stand.gone(); len(got) != 1 {
		t.Fatalf("expected the second try to delete it, got %v", got)
	}
}

func TestFollowHearsOfNewOverrides(t *testing.T) {
	stand, api := world(t)
	k := newKeeper(api, []string{"staging"}, 8*time.Hour, time.Now)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go k.follow(ctx, "staging")
	eventually(t, "a watch", func() bool { stand.mu.Lock(); defer stand.mu.Unlock(); return len(stand.watchers) == 1 })
	fresh := override("over", time.Now().Add(-time.Second).UTC().Format(time.RFC3339))
	stand.put(fresh)
	eventually(t, "the deletion of what ended already", func() bool { k.sweep(ctx); return len(stand.gone()) == 1 })
	if blind := k.blind(); len(blind) != 0 {
		t.Errorf("expected to see every namespace, got blind to %v", blind)
	}
}

func TestReadinessNamesWhatIsNotSeen(t *testing.T) {
	now := noon
	k := newKeeper(nil, []string{"staging", "production"}, time.Hour, func() time.Time { return now })
	k.replace("staging", nil)
	answer := httptest.NewRecorder()
	handler(k).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/readyz", nil))
	if answer.Code != http.StatusServiceUnavailable || strings.TrimSpace(answer.Body.String()) != "not seen lately: production" {
		t.Errorf("expected production to be named, got %d %s", answer.Code, answer.Body)
	}
}

func TestParseNamesWhatIsMissing(t *testing.T) {
	t.Setenv("KUBERNETES_SERVICE_HOST", "")
	if _, err := parse(strings.Fields("-namespaces=a -longest=1h")); err == nil || err.Error() != "expected a value for -api-server outside of a cluster, got none" {
		t.Errorf("expected the API server to be missed, got %v", err)
	}
	t.Setenv("KUBERNETES_SERVICE_HOST", "10.96.0.1")
	t.Setenv("KUBERNETES_SERVICE_PORT", "443")
	for args, want := range map[string]string{
		"-longest=1h":   "expected a value for -namespaces, got none",
		"-namespaces=a": "expected a time above zero for -longest, got 0s",
	} {
		if _, err := parse(strings.Fields(args)); err == nil || err.Error() != want {
			t.Errorf("%s: expected %q, got %v", args, want, err)
		}
	}
	s, err := parse(strings.Fields("-namespaces=a,b -longest=8h5m"))
	if err != nil || s.api.url != "https://10.96.0.1:443" || len(s.namespaces) != 2 || s.longest != 8*time.Hour+5*time.Minute {
		t.Errorf("expected two namespaces and 8h5m, got %+v %v", s, err)
	}
}

func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if is() {
			return
		}
	}
	t.Fatalf("expected %s within 5 s", what)
}
