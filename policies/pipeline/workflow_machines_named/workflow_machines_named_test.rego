package pipeline.workflow_machines_named_test

import data.lib.examples
import data.pipeline.workflow_machines_named as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"deploy.yml jobs.deploy", "nightly.yml jobs.conform"} with input as data.lib.examples.pipeline
	rule.deny == set() with input as data.lib.examples.pipeline
}

test_latest if {
	rule.deny == {{"subject": "deploy.yml jobs.deploy", "found": "it runs on ubuntu-latest"}} with input as examples.pipeline_with("workflows", "deploy.yml", ["jobs", "deploy", "runs-on"], "ubuntu-latest")
}

test_latest_of_several if {
	rule.deny == {{"subject": "deploy.yml jobs.deploy", "found": "it runs on ubuntu-latest"}} with input as examples.pipeline_with("workflows", "deploy.yml", ["jobs", "deploy", "runs-on"], ["self-hosted", "ubuntu-latest"])
}

test_an_image if {
	rule.deny == {{"subject": "nightly.yml jobs.conform", "found": "its image is debian"}} with input as examples.pipeline_with("workflows", "nightly.yml", ["jobs", "conform", "container", "image"], "debian")
}

test_an_image_alone if {
	rule.deny == {{"subject": "deploy.yml jobs.deploy", "found": "its image is debian:latest"}} with input as examples.pipeline_with("workflows", "deploy.yml", ["jobs", "deploy", "container"], "debian:latest")
}

test_a_service if {
	rule.deny == {{"subject": "deploy.yml jobs.deploy", "found": "its image is postgres"}} with input as examples.pipeline_with("workflows", "deploy.yml", ["jobs", "deploy", "services"], {"database": {"image": "postgres"}})
}
