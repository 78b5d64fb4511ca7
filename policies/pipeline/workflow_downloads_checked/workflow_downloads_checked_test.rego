package pipeline.workflow_downloads_checked_test

import data.lib.examples
import data.pipeline.workflow_downloads_checked as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"deploy.yml jobs.deploy.steps.1", "deploy.yml jobs.deploy.steps.2", "deploy.yml jobs.deploy.steps.3", "deploy.yml jobs.deploy.steps.4", "deploy.yml jobs.deploy.steps.5", "deploy.yml jobs.deploy.steps.6", "nightly.yml jobs.conform.steps.0", "nightly.yml jobs.conform.steps.11", "nightly.yml jobs.conform.steps.7", "nightly.yml jobs.conform.steps.8", "nightly.yml jobs.conform.steps.9"} with input as data.lib.examples.pipeline
	rule.deny == set() with input as data.lib.examples.pipeline
}

test_piped if {
	rule.deny == {{"subject": "deploy.yml jobs.deploy.steps.2", "found": "this runs what comes (curl -sL https://example.org/install | sudo bash)"}} with input as examples.pipeline_with("workflows", "deploy.yml", ["jobs", "deploy", "steps", 2, "run"], "curl -sL https://example.org/install | sudo bash")
}

test_insecure if {
	rule.deny == {{"subject": "deploy.yml jobs.deploy.steps.2", "found": "who sends it is not looked at (kubectl get pods --insecure-skip-tls-verify)"}} with input as examples.pipeline_with("workflows", "deploy.yml", ["jobs", "deploy", "steps", 2, "run"], "kubectl get pods --insecure-skip-tls-verify")
}

test_kept_in_a_file if {
	rule.deny == set() with input as examples.pipeline_with("workflows", "deploy.yml", ["jobs", "deploy", "steps", 2, "run"], "curl --output tool https://example.org/tool\nsha256sum --check tool.sha256")
}
