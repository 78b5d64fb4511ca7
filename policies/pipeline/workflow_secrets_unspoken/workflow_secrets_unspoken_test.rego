package pipeline.workflow_secrets_unspoken_test

import data.lib.examples
import data.pipeline.workflow_secrets_unspoken as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"deploy.yml jobs.deploy.steps.1", "deploy.yml jobs.deploy.steps.2", "deploy.yml jobs.deploy.steps.3", "deploy.yml jobs.deploy.steps.4", "deploy.yml jobs.deploy.steps.5", "deploy.yml jobs.deploy.steps.6", "nightly.yml jobs.conform.steps.0", "nightly.yml jobs.conform.steps.11", "nightly.yml jobs.conform.steps.7", "nightly.yml jobs.conform.steps.8", "nightly.yml jobs.conform.steps.9"} with input as data.lib.examples.pipeline
	rule.deny == set() with input as data.lib.examples.pipeline
}

test_printed if {
	rule.deny == {{"subject": "deploy.yml jobs.deploy.steps.1", "found": "$PLUMBLINE_KUBECONFIG is printed"}} with input as examples.pipeline_with("workflows", "deploy.yml", ["jobs", "deploy", "steps", 1, "run"], "echo \"${PLUMBLINE_KUBECONFIG}\"")
}

test_traced if {
	rule.deny == {{"subject": "deploy.yml jobs.deploy.steps.1", "found": "set -x shows every variable, $PLUMBLINE_KUBECONFIG too"}} with input as examples.pipeline_with("workflows", "deploy.yml", ["jobs", "deploy", "steps", 1, "run"], "set -x\ntrue")
}

test_in_the_script if {
	rule.deny == {{"subject": "deploy.yml jobs.deploy.steps.2", "found": "it is a word of the script itself"}} with input as examples.pipeline_with("workflows", "deploy.yml", ["jobs", "deploy", "steps", 2, "run"], "deploy --token ${{ secrets.TOKEN }}")
}

test_of_the_job if {
	rule.deny == {{"subject": "deploy.yml jobs.deploy.steps.6", "found": "$KEY is printed"}} with input as json.patch(examples.pipeline_with("workflows", "deploy.yml", ["jobs", "deploy", "env", "KEY"], "${{ secrets.KEY }}"), [{"op": "add", "path": "workflows/1/content/jobs/deploy/steps/6/run", "value": "cat <<< $KEY"}])
}
