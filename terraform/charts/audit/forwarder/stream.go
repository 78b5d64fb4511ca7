package main

import "time"

// platform is the environment of what belongs to none.
const platform = "platform"

// environments holds the names that the tag may have besides platform.
type environments map[string]bool

func (e environments) orPlatform(names ...string) string {
	for _, name := range names {
		if e[name] {
			return name
		}
	}
	return platform
}

// record is what the log store gets of one line: flat, every value a text.
type record map[string]string

// stream is one kind of record in the bucket. Keys below its prefix sort by time.
type stream struct {
	source string
	prefix string
	// day is how the day stands in the keys, as a layout of package time.
	day string
	// describe sets _time, _msg and environment of a record that holds the fields of its line.
	describe func(record, environments)
}

var streams = []stream{
	{source: "audit", prefix: "audit-stream/lke/", day: "2006/01/02/", describe: describeRequest},
	{source: "data-store", prefix: "audit-stream/data-store/", day: "2006/01/02/", describe: describeDataStore},
	{source: "provisioning", prefix: "provisioning/", day: "20060102T", describe: describeProvisioning},
	{source: "access", prefix: "access/", day: "20060102T", describe: describeAccess},
}

// start is a key before every key of the stream since a moment.
func (s stream) start(since time.Time) string {
	return s.prefix + since.UTC().Format(s.day)
}
