package pipeline.workflow_gates_binding_test

import data.lib.examples
import data.pipeline.workflow_gates_binding as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"deploy.yml jobs.deploy.steps.2", "nightly.yml jobs.conform.steps.8", "nightly.yml jobs.conform.steps.9"} with input as data.lib.examples.pipeline
	rule.deny == set() with input as data.lib.examples.pipeline
}

test_passed_over if {
	rule.deny == {{"subject": "nightly.yml jobs.conform.steps.8", "found": "its refusal is passed over (continue-on-error)"}} with input as examples.pipeline_with("workflows", "nightly.yml", ["jobs", "conform", "steps", 8, "continue-on-error"], true)
}

test_thrown_away if {
	rule.deny == {{"subject": "nightly.yml jobs.conform.steps.9", "found": "its answer is thrown away (npx plumbline verify reports || true)"}} with input as examples.pipeline_with("workflows", "nightly.yml", ["jobs", "conform", "steps", 9, "run"], "npx plumbline verify reports || true")
}
