# METADATA
# title: All verdicts on one document
# description: >-
#   What the WebAssembly module answers: per rule what it looked at, what it denies, and what it cannot know before the apply.
#   What is looked at and neither denied nor unknown is allowed.
package main

plan := {name: judged(rule) | some name, rule in data.plan}

manifests := {name: judged(rule) | some name, rule in data.manifests}

pipeline := {name: judged(rule) | some name, rule in data.pipeline}

state := {name: judged(rule) | some name, rule in data.state}

judged(rule) := {
	"subjects": rule.subjects,
	"deny": rule.deny,
	"unknown": object.get(rule, "unknown", set()),
}
