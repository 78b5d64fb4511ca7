package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// recordOf makes the record of one line. A line that is no JSON object is kept as its own message: it was recorded, so it is shown.
// place is where the line lies in the bucket; it names the record for good, so that one that comes twice is known as the same.
func recordOf(line []byte, from stream, known environments, place position) record {
	made := record{}
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.UseNumber()
	var fields map[string]any
	if err := decoder.Decode(&fields); err == nil {
		flatten(made, "", fields)
		from.describe(made, known)
	} else {
		made["_msg"] = string(line)
		made["unreadable"] = "true"
	}
	if _, err := time.Parse(time.RFC3339Nano, made["_time"]); err != nil {
		made["_time"] = place.stored.UTC().Format(time.RFC3339Nano)
	}
	if made["environment"] == "" {
		made["environment"] = platform
	}
	made["source"] = from.source
	made["object"] = place.key
	made["record_id"] = fmt.Sprintf("%s#%d", place.key, place.line)
	return made
}

// position is one line of one object; lines count from 1.
type position struct {
	key    string
	line   int
	stored time.Time
}

// flatten names nested fields by their path, as the log store does; lists stay JSON.
func flatten(into record, path string, fields map[string]any) {
	for name, value := range fields {
		full := name
		if path != "" {
			full = path + "." + name
		}
		switch held := value.(type) {
		case nil:
		case map[string]any:
			flatten(into, full, held)
		case string:
			into[full] = held
		case json.Number:
			into[full] = held.String()
		default:
			text, err := json.Marshal(held)
			if err == nil {
				into[full] = string(text)
			}
		}
	}
}

// describeRequest says of a request to the API server who did what, where, and what came of it.
func describeRequest(r record, known environments) {
	r["_time"] = r["requestReceivedTimestamp"]
	what := r["requestURI"]
	if r["objectRef.resource"] != "" {
		what = joined("/", r["objectRef.resource"], r["objectRef.subresource"])
		if r["objectRef.name"] != "" {
			what += " " + r["objectRef.name"]
		}
	}
	where := ""
	if r["objectRef.namespace"] != "" {
		where = " in " + r["objectRef.namespace"]
	}
	r["_msg"] = strings.TrimSpace(fmt.Sprintf("%s %s %s%s: %s %s", r["user.username"], r["verb"], what, where, r["responseStatus.code"], r["responseStatus.reason"]))
	named := ""
	if r["objectRef.resource"] == "namespaces" {
		named = r["objectRef.name"]
	}
	r["environment"] = known.orPlatform(r["objectRef.namespace"], named, accountNamespace(r["user.username"]))
}

// accountNamespace is where a service account lives; nothing for other users.
func accountNamespace(user string) string {
	rest, is := strings.CutPrefix(user, "system:serviceaccount:")
	if !is {
		return ""
	}
	namespace, _, _ := strings.Cut(rest, ":")
	return namespace
}

// describeDataStore tells the environment by the database, and by the role where no database was reached.
func describeDataStore(r record, known environments) {
	if at, err := time.Parse("2006-01-02 15:04:05.999 MST", r["timestamp"]); err == nil {
		r["_time"] = at.UTC().Format(time.RFC3339Nano)
	}
	role, _, _ := strings.Cut(r["user"], "_")
	r["_msg"] = r["message"]
	r["environment"] = known.orPlatform(r["dbname"], r["user"], role)
}

// describeProvisioning says who provisioned with which outcome.
func describeProvisioning(r record, _ environments) {
	r["_time"] = r["finishedAt"]
	r["_msg"] = strings.TrimSpace(fmt.Sprintf("%s provisioned %s: %s after %s ms. %s", r["actor"], r["target"], r["outcome"], r["durationMs"], r["reason"]))
	r["environment"] = platform
}

// describeAccess says who gave, took away or used which access of whom.
func describeAccess(r record, known environments) {
	r["_time"] = r["at"]
	where := r["environment"]
	if where == "" {
		where = "every environment"
	}
	r["_msg"] = strings.TrimSpace(fmt.Sprintf("%s: access of %s as %s of %s, by %s. %s", r["action"], r["person"], r["profile"], where, r["by"], r["reason"]))
	r["environment"] = known.orPlatform(r["environment"])
}

// describeApproval opens the envelope of a request, of somebody's approval, or of a note on what became of it. Who signed it is for the
// command line to check: here it is shown as it lies in the bucket.
func describeApproval(r record, known environments) {
	body, err := base64.StdEncoding.DecodeString(r["payload"])
	var fields map[string]any
	if err != nil || json.Unmarshal(body, &fields) != nil {
		r["_msg"] = "an envelope that cannot be opened"
		r["unreadable"] = "true"
		return
	}
	delete(r, "payload")
	flatten(r, "", fields)
	switch {
	case r["approver"] != "":
		r["_time"] = r["approvedAt"]
		r["_msg"] = fmt.Sprintf("%s approved %s", r["approver"], r["request"])
	case r["author"] != "":
		r["_time"] = r["createdAt"]
		r["_msg"] = fmt.Sprintf("%s asked for %s %s: %s", r["author"], r["kind"], r["id"], r["reason"])
	default:
		r["_time"] = r["at"]
		r["_msg"] = fmt.Sprintf("%s noted of %s: %s", r["by"], r["request"], r["what"])
	}
	r["environment"] = known.orPlatform(r["details.from"])
}

func joined(by string, parts ...string) string {
	kept := parts[:0]
	for _, part := range parts {
		if part != "" {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, by)
}
