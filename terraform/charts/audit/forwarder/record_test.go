package main

import (
	"encoding/base64"
	"fmt"
	"testing"
	"time"
)

var (
	known = environments{"development": true, "staging": true, "production": true, "system": true}
	place = position{key: "audit-stream/lke/2026/11/23/k.ndjson.gz", line: 7, stored: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)}
)

func expect(t *testing.T, made record, wanted record) {
	t.Helper()
	for name, value := range wanted {
		if made[name] != value {
			t.Errorf("expected %s to be %q, got %q", name, value, made[name])
		}
	}
}

func TestForbiddenRequestSaysWhoWhatWhenWhere(t *testing.T) {
	line := `{"auditID":"1","stage":"ResponseComplete","requestURI":"/api/v1/namespaces/production/secrets/x","verb":"get",
		"user":{"username":"system:serviceaccount:system:plumbline-verifier","groups":["a","b"]},"sourceIPs":["10.99.0.1"],"userAgent":"u",
		"objectRef":{"resource":"secrets","namespace":"production","name":"x","apiVersion":"v1"},
		"responseStatus":{"status":"Failure","reason":"Forbidden","code":403},
		"requestReceivedTimestamp":"2026-11-23T10:01:02.123456Z","annotations":{"authorization.k8s.io/decision":"forbid"}}`
	expect(t, recordOf([]byte(line), streams[0], known, place), record{
		"_time": "2026-11-23T10:01:02.123456Z", "source": "audit", "environment": "production",
		"_msg":          "system:serviceaccount:system:plumbline-verifier get secrets x in production: 403 Forbidden",
		"user.username": "system:serviceaccount:system:plumbline-verifier", "user.groups": `["a","b"]`, "responseStatus.code": "403",
		"objectRef.resource": "secrets", "annotations.authorization.k8s.io/decision": "forbid",
		"object": place.key, "record_id": place.key + "#7",
	})
}

func TestEnvironmentOfARequest(t *testing.T) {
	for name, each := range map[string]struct{ line, wanted string }{
		"its namespace":              {`{"objectRef":{"namespace":"staging","resource":"pods"},"user":{"username":"system:serviceaccount:production:a"}}`, "staging"},
		"the namespace itself":       {`{"objectRef":{"resource":"namespaces","name":"staging"},"user":{"username":"ann"}}`, "staging"},
		"the account that asks":      {`{"objectRef":{"resource":"nodes"},"user":{"username":"system:serviceaccount:production:a"}}`, "production"},
		"outside every environment":  {`{"objectRef":{"namespace":"kube-system","resource":"secrets"},"user":{"username":"ann"}}`, "platform"},
		"an object named like one":   {`{"objectRef":{"resource":"nodes","name":"staging"},"user":{"username":"ann"}}`, "platform"},
		"a person of the same name":  {`{"objectRef":{"resource":"nodes"},"user":{"username":"production"}}`, "platform"},
		"an account of no namespace": {`{"user":{"username":"system:serviceaccount:"}}`, "platform"},
	} {
		if got := recordOf([]byte(each.line), streams[0], known, place)["environment"]; got != each.wanted {
			t.Errorf("%s: expected %s, got %s", name, each.wanted, got)
		}
	}
}

func TestDataStoreRecords(t *testing.T) {
	line := `{"timestamp":"2026-11-23 10:01:02.123 UTC","user":"production_blue","dbname":"staging","remote_host":"10.244.1.7","error_severity":"FATAL","message":"permission denied for database \"staging\"","line_num":2}`
	expect(t, recordOf([]byte(line), streams[1], known, place), record{
		"_time": "2026-11-23T10:01:02.123Z", "source": "data-store", "environment": "staging", "line_num": "2", "_msg": `permission denied for database "staging"`,
	})
	for line, wanted := range map[string]string{
		`{"user":"production_blue","message":"m"}`: "production",
		`{"dbname":"postgres","user":"postgres"}`:  "platform",
		`{"message":"checkpoint starting: time"}`:  "platform",
	} {
		if got := recordOf([]byte(line), streams[1], known, place)["environment"]; got != wanted {
			t.Errorf("%s: expected %s, got %s", line, wanted, got)
		}
	}
}

func TestProvisioningRecords(t *testing.T) {
	line := `{"kind":"provisioning","id":"01","actor":"ann","target":"sandbox","outcome":"failure","durationMs":1200,"finishedAt":"2026-11-23T10:00:00.000Z","reason":"no quota","changes":{"create":2}}`
	expect(t, recordOf([]byte(line), streams[2], known, place), record{
		"_time": "2026-11-23T10:00:00.000Z", "_msg": "ann provisioned sandbox: failure after 1200 ms. no quota", "environment": "platform", "changes.create": "2",
	})
}

func TestAccessRecords(t *testing.T) {
	line := `{"kind":"access","id":"01","action":"issued","at":"2026-11-23T10:00:00.000Z","by":"sre-one","person":"ann","profile":"viewer","environment":"staging","expiresAt":"2026-11-23T18:00:00.000Z"}`
	expect(t, recordOf([]byte(line), streams[3], known, place), record{
		"_time": "2026-11-23T10:00:00.000Z", "_msg": "issued: access of ann as viewer of staging, by sre-one.", "environment": "staging", "person": "ann",
	})
	line = `{"kind":"access","action":"break-glass-opened","at":"2026-11-23T10:00:00.000Z","by":"sre-one","person":"sre-one","profile":"platform-sre","environment":null,"reason":"API server down"}`
	expect(t, recordOf([]byte(line), streams[3], known, place), record{
		"_msg": "break-glass-opened: access of sre-one as platform-sre of every environment, by sre-one. API server down", "environment": "platform", "source": "access",
	})
}

func TestApprovalRecords(t *testing.T) {
	envelope := func(document string) []byte {
		return []byte(fmt.Sprintf(`{"payloadType":"application/vnd.plumbline.x+json","payload":%q,"signatures":[{"keyid":"k","sig":"c2ln"}]}`, base64.StdEncoding.EncodeToString([]byte(document))))
	}
	from := streams[4]
	expect(t, recordOf(envelope(`{"id":"01A","kind":"override","author":"ann","createdAt":"2026-11-23T10:00:00.000Z","reason":"a migration","details":{"from":"staging","to":"production"}}`), from, known, place), record{
		"_time": "2026-11-23T10:00:00.000Z", "_msg": "ann asked for override 01A: a migration", "environment": "staging", "source": "approval", "payload": "", "signatures": `[{"keyid":"k","sig":"c2ln"}]`,
	})
	expect(t, recordOf(envelope(`{"request":"01A","approver":"bob","approvedAt":"2026-11-23T10:01:00.000Z"}`), from, known, place), record{
		"_time": "2026-11-23T10:01:00.000Z", "_msg": "bob approved 01A", "environment": "platform",
	})
	expect(t, recordOf(envelope(`{"request":"01A","what":"applied","by":"ann","at":"2026-11-23T10:02:00.000Z","details":{}}`), from, known, place), record{"_msg": "ann noted of 01A: applied"})
	expect(t, recordOf([]byte(`{"payload":"?"}`), from, known, place), record{"_msg": "an envelope that cannot be opened", "unreadable": "true", "_time": "2026-11-23T10:00:00Z"})
}

func TestUnreadableLineIsKept(t *testing.T) {
	expect(t, recordOf([]byte("not json"), streams[0], known, place), record{
		"_msg": "not json", "unreadable": "true", "_time": "2026-11-23T10:00:00Z", "environment": "platform", "source": "audit",
	})
}
