package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

var platform = newRules([]string{"development", "production"}, "ingress")

func tagged(t *testing.T, line string) map[string]string {
	t.Helper()
	var out map[string]string
	if err := json.Unmarshal(platform.tagAll([]byte(line)), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestOrigin(t *testing.T) {
	cases := map[string]struct{ line, source, environment string }{
		"a workload":                             {`{"_msg":"x","kubernetes.pod_namespace":"development"}`, "workload", "development"},
		"an access log":                          {`{"kubernetes.pod_namespace":"ingress","KubernetesIngressNamespace":"production"}`, "ingress", "production"},
		"an access log for nobody":               {`{"kubernetes.pod_namespace":"ingress","KubernetesIngressNamespace":"elsewhere"}`, "platform", ""},
		"a workload that says it is the audit":   {`{"kubernetes.pod_namespace":"development","source":"audit","environment":"production"}`, "workload", "development"},
		"a workload that says it is the ingress": {`{"kubernetes.pod_namespace":"development","KubernetesIngressNamespace":"production"}`, "workload", "development"},
		"a workload that says it is another's":   {`{"kubernetes.pod_namespace":"development","kubernetes.pod_namespace":"production"}`, "unknown", ""},
		"a part of the platform":                 {`{"kubernetes.pod_namespace":"observability"}`, "platform", ""},
		"something without a pod":                {`{"_msg":"x"}`, "unknown", ""},
		"something that is not JSON":             {`half a li`, "unknown", ""},
	}
	for name, each := range cases {
		t.Run(name, func(t *testing.T) {
			out := tagged(t, each.line)
			if out["source"] != each.source || out["environment"] != each.environment {
				t.Errorf("expected source %q and environment %q, but saw %q and %q", each.source, each.environment, out["source"], out["environment"])
			}
		})
	}
}

func TestOwnWordsAreKept(t *testing.T) {
	out := tagged(t, `{"_msg":"hello","_time":"2026-11-23T22:00:00Z","n":12,"kubernetes.pod_namespace":"development","environment":"production"}`)
	for name, want := range map[string]string{"_msg": "hello", "_time": "2026-11-23T22:00:00Z", "n": "12", "claimed.environment": "production"} {
		if out[name] != want {
			t.Errorf("expected the field %s to be %q, but saw %q", name, want, out[name])
		}
	}
}

func TestRelay(t *testing.T) {
	var seen, query string
	status := http.StatusNoContent
	store := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		seen, query = string(body), r.URL.RawQuery
		w.WriteHeader(status)
	}))
	defer store.Close()
	relay := &relay{rules: platform, store: store.URL, client: store.Client()}
	encoder, _ := zstd.NewWriter(nil)
	post := func(body []byte) int {
		request := httptest.NewRequest(http.MethodPost, "/insert/jsonline?_stream_fields=source", strings.NewReader(string(body)))
		request.Header.Set("Content-Encoding", "zstd")
		answer := httptest.NewRecorder()
		relay.ServeHTTP(answer, request)
		return answer.Code
	}
	block := encoder.EncodeAll([]byte("{\"_msg\":\"a\",\"kubernetes.pod_namespace\":\"development\"}\n"), nil)
	if code := post(block); code != status || !strings.Contains(seen, `"environment":"development"`) || !strings.Contains(query, "_stream_fields="+streamFields) {
		t.Errorf("expected a tagged line with the tagger's stream fields, but saw %d, %s, %s", code, seen, query)
	}
	status = http.StatusInternalServerError
	if code := post(block); code != status {
		t.Errorf("expected the store's own refusal to reach the collector, but saw %d", code)
	}
	if code := post([]byte("no zstd")); code != http.StatusBadRequest {
		t.Errorf("expected 400 for a damaged block, but saw %d", code)
	}
	store.Close()
	if code := post(block); code != http.StatusServiceUnavailable {
		t.Errorf("expected 503 while the store is away, but saw %d", code)
	}
}
