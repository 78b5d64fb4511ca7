package pipeline.workflow_rights_named_test

import data.lib.examples
import data.pipeline.workflow_rights_named as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"deploy.yml", "nightly.yml"} with input as data.lib.examples.pipeline
	rule.deny == set() with input as data.lib.examples.pipeline
}

test_none if {
	rule.deny == {{"subject": "deploy.yml", "found": "it names none, so it has whatever is usual there"}} with input as examples.pipeline_without("workflows", "deploy.yml", ["permissions"])
}

test_everything if {
	rule.deny == {{"subject": "deploy.yml", "found": "it may write everything"}} with input as examples.pipeline_with("workflows", "deploy.yml", ["permissions"], "write-all")
}

test_a_job_everything if {
	rule.deny == {{"subject": "deploy.yml", "found": "it may write everything"}} with input as examples.pipeline_with("workflows", "deploy.yml", ["jobs", "deploy", "permissions"], "write-all")
}

test_contents if {
	rule.deny == {{"subject": "deploy.yml", "found": "every job of it may write contents"}} with input as examples.pipeline_with("workflows", "deploy.yml", ["permissions"], {"contents": "write"})
}

test_a_job_what_it_needs if {
	rule.deny == set() with input as examples.pipeline_with("workflows", "deploy.yml", ["jobs", "deploy", "permissions"], {"id-token": "write"})
}
