package pipeline.workflow_evidence_kept_test

import data.lib.examples
import data.pipeline.workflow_evidence_kept as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"nightly.yml jobs.conform"} with input as data.lib.examples.pipeline
	rule.deny == set() with input as data.lib.examples.pipeline
}

test_none if {
	rule.deny == {{"subject": "nightly.yml jobs.conform", "found": "it keeps none"}} with input as examples.pipeline_without("workflows", "nightly.yml", ["jobs", "conform", "steps", 10])
}

test_after_a_success if {
	rule.deny == {{"subject": "nightly.yml jobs.conform", "found": "it keeps it after a success only"}} with input as examples.pipeline_without("workflows", "nightly.yml", ["jobs", "conform", "steps", 10, "if"])
}

test_a_week if {
	rule.deny == {{"subject": "nightly.yml jobs.conform", "found": "it keeps it for 7 days"}} with input as examples.pipeline_with("workflows", "nightly.yml", ["jobs", "conform", "steps", 10, "with", "retention-days"], 7)
}

test_not_said if {
	rule.deny == {{"subject": "nightly.yml jobs.conform", "found": "it keeps it for unknown days"}} with input as examples.pipeline_without("workflows", "nightly.yml", ["jobs", "conform", "steps", 10, "with", "retention-days"])
}
