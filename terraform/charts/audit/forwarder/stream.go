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

// stream is one kind of record in the bucket. Keys below its prefix sort by time, unless it gathers.
type stream struct {
	source string
	prefix string
	// since is what keys begin with after the prefix when they are of a moment or later.
	since func(time.Time) string
	// gathers says that what comes later may belong to an earlier key: the approvals of a request lie beside it.
	gathers bool
	// describe sets _time, _msg and environment of a record that holds the fields of its line.
	describe func(record, environments)
}

var streams = []stream{
	{source: "audit", prefix: "audit-stream/lke/", since: day("2006/01/02/"), describe: describeRequest},
	{source: "data-store", prefix: "audit-stream/data-store/", since: day("2006/01/02/"), describe: describeDataStore},
	{source: "provisioning", prefix: "provisioning/", since: day("20060102T"), describe: describeProvisioning},
	{source: "access", prefix: "access/", since: day("20060102T"), describe: describeAccess},
	{source: "approval", prefix: "approvals/", since: ulidTime, gathers: true, describe: describeApproval},
}

// start is a key before every key of the stream since a moment.
func (s stream) start(since time.Time) string {
	return s.prefix + s.since(since)
}

// day names a moment by its day, in a layout of package time.
func day(layout string) func(time.Time) string {
	return func(at time.Time) string { return at.UTC().Format(layout) }
}

// crockford are the digits of a ULID, which begins with ten of them for the milliseconds since 1970.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

func ulidTime(at time.Time) string {
	text := [10]byte{}
	for index, left := len(text)-1, at.UnixMilli(); index >= 0; index, left = index-1, left>>5 {
		text[index] = crockford[left&31]
	}
	return string(text[:])
}
