package pipeline.workflow_applies_approved_test

import data.lib.examples
import data.pipeline.workflow_applies_approved as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"deploy.yml jobs.deploy"} with input as data.lib.examples.pipeline
	rule.deny == set() with input as data.lib.examples.pipeline
}

test_none if {
	rule.deny == {{"subject": "deploy.yml jobs.deploy", "found": "this one names none"}} with input as examples.pipeline_without("workflows", "deploy.yml", ["jobs", "deploy", "environment"])
}

test_on_a_real_account if {
	rule.deny == {{"subject": "nightly.yml jobs.conform", "found": "this one names none"}} with input as examples.pipeline_with("workflows", "nightly.yml", ["jobs", "conform", "steps", 7, "run"], "node scripts/plumbline.mjs provision \\\n  --target lke")
}

test_on_the_sandbox if {
	rule.deny == set() with input as examples.pipeline_with("workflows", "nightly.yml", ["jobs", "conform", "steps", 7, "run"], "npx plumbline provision")
}
