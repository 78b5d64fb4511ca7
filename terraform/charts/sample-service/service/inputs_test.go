package main

import (
	"net/http/httptest"
	"strings"
	"testing"
)

func TestBoundsRefuseWithASentence(t *testing.T) {
	for query, expected := range map[string]string{
		"":            "expected the parameter ms once, a whole number from 1 to 5000, got it 0 times",
		"ms=1&ms=2":   "expected the parameter ms once, a whole number from 1 to 5000, got it 2 times",
		"ms=5001":     `expected ms to be a whole number from 1 to 5000, got "5001"`,
		"ms=0":        `expected ms to be a whole number from 1 to 5000, got "0"`,
		"ms=1e3":      `expected ms to be a whole number from 1 to 5000, got "1e3"`,
		"ms=5&code=2": `expected the parameter ms alone, got "code" too`,
	} {
		_, err := workMilliseconds.from(httptest.NewRequest("GET", "/work?"+query, nil))
		if err == nil || err.Error() != expected {
			t.Errorf("?%s: expected %q, got %v", query, expected, err)
		}
	}
	for query, expected := range map[string]int{"ms=1": 1, "ms=5000": 5000} {
		if got, err := workMilliseconds.from(httptest.NewRequest("GET", "/work?"+query, nil)); err != nil || got != expected {
			t.Errorf("?%s: expected %d, got %d (%v)", query, expected, got, err)
		}
	}
}

func TestEchoTakesShortPlainText(t *testing.T) {
	if text, err := echoed("01JD-abc"); err != nil || text != "01JD-abc" {
		t.Errorf("expected the text back, got %q (%v)", text, err)
	}
	for _, text := range []string{"", "a b", "a\nb", "<b>", strings.Repeat("a", 65)} {
		if _, err := echoed(text); err == nil || !strings.HasPrefix(err.Error(), "expected 1 to 64 letters, digits and hyphens after /echo/") {
			t.Errorf("%q: expected a refusal, got %v", text, err)
		}
	}
}

func TestSettingsComeFromTheEnvironment(t *testing.T) {
	from := func(values map[string]string) func(string) string {
		return func(name string) string { return values[name] }
	}
	if _, err := settingsFrom(from(nil)); err == nil || !strings.Contains(err.Error(), "ENVIRONMENT") {
		t.Errorf("expected a refusal that names ENVIRONMENT, got %v", err)
	}
	if _, err := settingsFrom(from(map[string]string{"ENVIRONMENT": "staging", "DRAIN": "2h"})); err == nil || !strings.Contains(err.Error(), `"2h"`) {
		t.Errorf("expected a refusal that names 2h, got %v", err)
	}
	found, err := settingsFrom(from(map[string]string{"ENVIRONMENT": "staging"}))
	if err != nil || found.name != "sample-service" || found.environment != "staging" || found.listen != ":8080" || found.metrics != ":9090" {
		t.Errorf("expected the usual settings, got %+v (%v)", found, err)
	}
}
