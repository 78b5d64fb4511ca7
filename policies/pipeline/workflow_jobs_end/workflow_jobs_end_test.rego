package pipeline.workflow_jobs_end_test

import data.lib.examples
import data.pipeline.workflow_jobs_end as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"deploy.yml jobs.deploy", "nightly.yml jobs.conform"} with input as data.lib.examples.pipeline
	rule.deny == set() with input as data.lib.examples.pipeline
}

test_none if {
	rule.deny == {{"subject": "deploy.yml jobs.deploy", "found": "it has none"}} with input as examples.pipeline_without("workflows", "deploy.yml", ["jobs", "deploy", "timeout-minutes"])
}

test_a_day if {
	rule.deny == {{"subject": "deploy.yml jobs.deploy", "found": "it has 1440 minutes"}} with input as examples.pipeline_with("workflows", "deploy.yml", ["jobs", "deploy", "timeout-minutes"], 1440)
}

test_an_expression if {
	rule.deny == {{"subject": "deploy.yml jobs.deploy", "found": "it has ${{ inputs.minutes }} minutes"}} with input as examples.pipeline_with("workflows", "deploy.yml", ["jobs", "deploy", "timeout-minutes"], "${{ inputs.minutes }}")
}
