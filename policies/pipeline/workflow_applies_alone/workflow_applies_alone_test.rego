package pipeline.workflow_applies_alone_test

import data.lib.examples
import data.pipeline.workflow_applies_alone as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"deploy.yml jobs.deploy"} with input as data.lib.examples.pipeline
	rule.deny == set() with input as data.lib.examples.pipeline
}

test_together if {
	rule.deny == {{"subject": "deploy.yml jobs.deploy", "found": "nothing keeps a second run from starting"}} with input as examples.pipeline_without("workflows", "deploy.yml", ["concurrency"])
}

test_cancelled if {
	rule.deny == {{"subject": "deploy.yml jobs.deploy", "found": "a second run cancels the first"}} with input as examples.pipeline_with("workflows", "deploy.yml", ["concurrency", "cancel-in-progress"], true)
}

test_of_the_job if {
	rule.deny == set() with input as examples.pipeline_with("workflows", "deploy.yml", ["jobs", "deploy", "concurrency"], "deploy")
}
