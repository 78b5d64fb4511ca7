package plan.nothing_runs_here_test

import data.plan.nothing_runs_here as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"linode_lke_cluster.this"} with input as data.lib.examples.plan
	rule.deny == set() with input as data.lib.examples.plan
}

test_local_exec if {
	rule.deny == {{"subject": "terraform_data.x", "found": "it has a provisioner of type local-exec"}} with input as json.patch(data.lib.examples.plan, [{"op": "add", "path": "configuration/root_module/resources", "value": [{"address": "terraform_data.x", "provisioners": [{"type": "local-exec"}]}]}])
}
