package pipeline.workflow_actions_pinned_test

import data.lib.examples
import data.pipeline.workflow_actions_pinned as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"deploy.yml jobs.deploy.steps.0", "nightly.yml jobs.conform.steps.1", "nightly.yml jobs.conform.steps.2", "nightly.yml jobs.conform.steps.3", "nightly.yml jobs.conform.steps.4", "nightly.yml jobs.conform.steps.5", "nightly.yml jobs.conform.steps.6", "nightly.yml jobs.conform.steps.10"} with input as data.lib.examples.pipeline
	rule.deny == set() with input as data.lib.examples.pipeline
}

test_a_branch if {
	rule.deny == {{"subject": "deploy.yml jobs.deploy.steps.0", "found": "actions/checkout@main is not"}} with input as examples.pipeline_with("workflows", "deploy.yml", ["jobs", "deploy", "steps", 0, "uses"], "actions/checkout@main")
}

test_nothing if {
	rule.deny == {{"subject": "deploy.yml jobs.deploy.steps.0", "found": "actions/checkout is not"}} with input as examples.pipeline_with("workflows", "deploy.yml", ["jobs", "deploy", "steps", 0, "uses"], "actions/checkout")
}

test_a_short_commit if {
	rule.deny == {{"subject": "deploy.yml jobs.deploy.steps.0", "found": "actions/checkout@08c6903 is not"}} with input as examples.pipeline_with("workflows", "deploy.yml", ["jobs", "deploy", "steps", 0, "uses"], "actions/checkout@08c6903")
}

test_an_image_without_version if {
	rule.deny == {{"subject": "deploy.yml jobs.deploy.steps.0", "found": "docker://alpine:latest is not"}} with input as examples.pipeline_with("workflows", "deploy.yml", ["jobs", "deploy", "steps", 0, "uses"], "docker://alpine:latest")
}

test_a_commit if {
	rule.deny == set() with input as examples.pipeline_with("workflows", "deploy.yml", ["jobs", "deploy", "steps", 0, "uses"], "actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8")
}

test_an_image if {
	rule.deny == set() with input as examples.pipeline_with("workflows", "deploy.yml", ["jobs", "deploy", "steps", 0, "uses"], "docker://alpine:3.22.1")
}

test_of_the_repository if {
	rule.deny == set() with input as examples.pipeline_with("workflows", "deploy.yml", ["jobs", "deploy", "steps", 0, "uses"], "./.github/actions/deploy")
}

test_a_whole_workflow_of_a_branch if {
	rule.deny == {{"subject": "deploy.yml jobs.deploy", "found": "acme/deploy/.github/workflows/deploy.yml@main is not"}} with input as examples.pipeline_with("workflows", "deploy.yml", ["jobs", "deploy", "uses"], "acme/deploy/.github/workflows/deploy.yml@main")
}
