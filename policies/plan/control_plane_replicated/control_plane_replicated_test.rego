package plan.control_plane_replicated_test

import data.lib.examples
import data.plan.control_plane_replicated as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"module.cluster.linode_lke_cluster.this"} with input as data.lib.examples.plan
	rule.deny == set() with input as data.lib.examples.plan
}

test_single_replica if {
	rule.deny == {{"subject": "module.cluster.linode_lke_cluster.this", "found": "this one has one replica"}} with input as examples.plan_with("module.cluster.linode_lke_cluster.this", ["control_plane", 0, "high_availability"], false)
}
