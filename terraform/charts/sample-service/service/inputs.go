package main

import (
	"fmt"
	"net/http"
	"strconv"
)

// bound is the range of a whole number that a caller may give. Without it one request could hold a pod for ever.
type bound struct {
	name        string
	least, most int
}

var (
	workMilliseconds = bound{name: "ms", least: 1, most: 5000}
	slowMilliseconds = bound{name: "ms", least: 1, most: 30_000}
	statusCode       = bound{name: "code", least: 200, most: 599}
)

// from reads the one parameter of a request. The error is a sentence for the caller.
func (b bound) from(request *http.Request) (int, error) {
	values := request.URL.Query()
	for name := range values {
		if name != b.name {
			return 0, fmt.Errorf("expected the parameter %s alone, got %q too", b.name, name)
		}
	}
	given := values[b.name]
	if len(given) != 1 {
		return 0, fmt.Errorf("expected the parameter %s once, a whole number from %d to %d, got it %d times", b.name, b.least, b.most, len(given))
	}
	number, err := strconv.Atoi(given[0])
	if err != nil || number < b.least || number > b.most {
		return 0, fmt.Errorf("expected %s to be a whole number from %d to %d, got %q", b.name, b.least, b.most, clipped(given[0]))
	}
	return number, nil
}

const longestText = 64

// echoed takes the text of /echo/: what anybody may have written into a log later on is short and plain.
func echoed(text string) (string, error) {
	plain := len(text) >= 1 && len(text) <= longestText
	for _, letter := range []byte(text) {
		plain = plain && (letter == '-' || letter >= '0' && letter <= '9' || letter >= 'A' && letter <= 'Z' || letter >= 'a' && letter <= 'z')
	}
	if !plain {
		return "", fmt.Errorf("expected 1 to %d letters, digits and hyphens after /echo/, got %q", longestText, clipped(text))
	}
	return text, nil
}

func clipped(text string) string {
	if len(text) > longestText {
		return text[:longestText] + "…"
	}
	return text
}
