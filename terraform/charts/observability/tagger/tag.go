package main

import (
	"bytes"
	"encoding/json"
	"slices"
)

const (
	namespaceField = "kubernetes.pod_namespace"
	askedForField  = "KubernetesIngressNamespace"
	streamFields   = "source,environment,kubernetes.pod_namespace,kubernetes.pod_name,kubernetes.container_name"
)

// reserved fields are given by the tagger alone; what a line says of itself in them is kept under `claimed.`.
var reserved = []string{"source", "environment"}

type rules struct {
	environments []string
	ingress      string
}

func newRules(environments []string, ingress string) rules {
	return rules{environments: environments, ingress: ingress}
}

type field struct{ name, value string }

// tagAll tags every line; one that is not a JSON object of texts is passed on as the message of a line without a source.
func (r rules) tagAll(lines []byte) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	for line := range bytes.SplitSeq(lines, []byte("\n")) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		fields, err := parse(line)
		if err != nil {
			fields = []field{{"_msg", string(line)}, {"_time", "0"}}
		}
		// A map of texts always encodes.
		_ = encoder.Encode(r.tag(fields))
	}
	return out.Bytes()
}

func (r rules) tag(fields []field) map[string]string {
	out := make(map[string]string, len(fields)+2)
	for _, each := range fields {
		if slices.Contains(reserved, each.name) {
			each.name = "claimed." + each.name
		}
		out[each.name] = each.value
	}
	source, environment := r.origin(fields)
	out["source"] = source
	if environment != "" {
		out["environment"] = environment
	}
	return out
}

// origin is the source and the environment of a line. The collector's own fields and those of the line arrive side by side, so a
// line that names another namespace than its pod's has two: nothing it says about its origin counts then.
func (r rules) origin(fields []field) (source, environment string) {
	namespaces := valuesOf(fields, namespaceField)
	if len(namespaces) != 1 {
		return "unknown", ""
	}
	namespace := namespaces[0]
	switch {
	case slices.Contains(r.environments, namespace):
		return "workload", namespace
	case namespace == r.ingress:
		if asked := valuesOf(fields, askedForField); len(asked) == 1 && slices.Contains(r.environments, asked[0]) {
			return "ingress", asked[0]
		}
	}
	return "platform", ""
}

func valuesOf(fields []field, name string) []string {
	var values []string
	for _, each := range fields {
		if each.name == name && !slices.Contains(values, each.value) {
			values = append(values, each.value)
		}
	}
	return values
}

// parse keeps the order and every repetition of a key, which a map would not.
func parse(line []byte) ([]field, error) {
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.UseNumber()
	if token, err := decoder.Token(); err != nil || token != json.Delim('{') {
		return nil, errNotAnObject
	}
	var fields []field
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return nil, err
		}
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return nil, err
		}
		key, ok := name.(string)
		if !ok {
			return nil, errNotAnObject
		}
		fields = append(fields, field{key, textOf(value)})
	}
	return fields, nil
}

type parseError string

func (e parseError) Error() string { return string(e) }

const errNotAnObject = parseError("the line is not a JSON object")

func textOf(value json.RawMessage) string {
	var text string
	if json.Unmarshal(value, &text) == nil {
		return text
	}
	return string(value)
}
