package pipeline.workflow_no_foreign_code_test

import data.lib.examples
import data.pipeline.workflow_no_foreign_code as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"deploy.yml", "nightly.yml"} with input as data.lib.examples.pipeline
	rule.deny == set() with input as data.lib.examples.pipeline
}

test_a_request_of_a_stranger if {
	rule.deny == {{"subject": "deploy.yml", "found": "it starts on pull_request_target and checks out ${{ github.event.pull_request.head.sha }}"}} with input as json.patch(examples.pipeline_with("workflows", "deploy.yml", ["on"], {"pull_request_target": null}), [{"op": "add", "path": "workflows/1/content/jobs/deploy/steps/0/with", "value": {"ref": "${{ github.event.pull_request.head.sha }}"}}])
}

test_as_a_word if {
	rule.deny == {{"subject": "deploy.yml", "found": "it starts on pull_request_target and checks out ${{ github.event.pull_request.head.sha }}"}} with input as json.patch(examples.pipeline_with("workflows", "deploy.yml", ["on"], "pull_request_target"), [{"op": "add", "path": "workflows/1/content/jobs/deploy/steps/0/with", "value": {"ref": "${{ github.event.pull_request.head.sha }}"}}])
}

test_in_a_list if {
	rule.deny == {{"subject": "deploy.yml", "found": "it starts on workflow_run and checks out ${{ github.event.pull_request.head.sha }}"}} with input as json.patch(examples.pipeline_with("workflows", "deploy.yml", ["on"], ["push", "workflow_run"]), [{"op": "add", "path": "workflows/1/content/jobs/deploy/steps/0/with", "value": {"ref": "${{ github.event.pull_request.head.sha }}"}}])
}

test_its_own_code if {
	rule.deny == set() with input as examples.pipeline_with("workflows", "deploy.yml", ["on"], {"pull_request_target": null})
}
