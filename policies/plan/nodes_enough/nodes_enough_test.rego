package plan.nodes_enough_test

import data.lib.examples
import data.plan.nodes_enough as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"module.cluster.linode_lke_cluster.this"} with input as data.lib.examples.plan
	rule.deny == set() with input as data.lib.examples.plan
}

test_two_nodes if {
	rule.deny == {{"subject": "module.cluster.linode_lke_cluster.this", "found": "there are 2"}} with input as examples.plan_with("module.node_pool[\"production\"].linode_lke_node_pool.this", ["node_count"], 0)
}
