package plan.pool_machines_large_enough_test

import data.lib.examples
import data.plan.pool_machines_large_enough as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"module.cluster.linode_lke_cluster.this", "module.node_pool[\"nonproduction\"].linode_lke_node_pool.this", "module.node_pool[\"production\"].linode_lke_node_pool.this"} with input as data.lib.examples.plan
	rule.deny == set() with input as data.lib.examples.plan
}

test_small_pool if {
	rule.deny == {{"subject": "module.node_pool[\"production\"].linode_lke_node_pool.this", "found": "its machines are of type g6-nanode-1"}} with input as examples.plan_with("module.node_pool[\"production\"].linode_lke_node_pool.this", ["type"], "g6-nanode-1")
}

test_small_first_pool if {
	rule.deny == {{"subject": "module.cluster.linode_lke_cluster.this", "found": "its machines are of type g6-standard-1"}} with input as examples.plan_with("module.cluster.linode_lke_cluster.this", ["pool", 0, "type"], "g6-standard-1")
}

test_a_type_not_known if {
	rule.deny == {{"subject": "module.node_pool[\"production\"].linode_lke_node_pool.this", "found": "it is not known before the apply"}} with input as examples.plan_unknown("module.node_pool[\"production\"].linode_lke_node_pool.this", ["type"])
}

test_a_type_of_the_first_pool_not_known if {
	rule.deny == {{"subject": "module.cluster.linode_lke_cluster.this", "found": "it is not known before the apply"}} with input as examples.plan_unknown("module.cluster.linode_lke_cluster.this", ["pool", 0, "type"])
}
