package pipeline.workflow_scripts_fixed_test

import data.lib.examples
import data.pipeline.workflow_scripts_fixed as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"deploy.yml jobs.deploy.steps.1", "deploy.yml jobs.deploy.steps.2", "deploy.yml jobs.deploy.steps.3", "deploy.yml jobs.deploy.steps.4", "deploy.yml jobs.deploy.steps.5", "deploy.yml jobs.deploy.steps.6", "nightly.yml jobs.conform.steps.0", "nightly.yml jobs.conform.steps.11", "nightly.yml jobs.conform.steps.7", "nightly.yml jobs.conform.steps.8", "nightly.yml jobs.conform.steps.9"} with input as data.lib.examples.pipeline
	rule.deny == set() with input as data.lib.examples.pipeline
}

test_the_title_of_a_request if {
	rule.deny == {{"subject": "deploy.yml jobs.deploy.steps.2", "found": "it has github.event.pull_request.title in it"}} with input as examples.pipeline_with("workflows", "deploy.yml", ["jobs", "deploy", "steps", 2, "run"], "echo '${{ github.event.pull_request.title }}'")
}

test_what_nobody_else_chooses if {
	rule.deny == set() with input as examples.pipeline_with("workflows", "deploy.yml", ["jobs", "deploy", "steps", 2, "run"], "cd ${{ github.workspace }}")
}
