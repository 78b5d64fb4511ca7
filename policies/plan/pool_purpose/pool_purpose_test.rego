package plan.pool_purpose_test

import data.lib.examples
import data.plan.pool_purpose as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"module.cluster.linode_lke_cluster.this", "module.node_pool[\"nonproduction\"].linode_lke_node_pool.this", "module.node_pool[\"production\"].linode_lke_node_pool.this"} with input as data.lib.examples.plan
	rule.deny == set() with input as data.lib.examples.plan
}

test_no_purpose if {
	rule.deny == {{"subject": "module.node_pool[\"production\"].linode_lke_node_pool.this", "found": "this pool has none"}} with input as examples.plan_with("module.node_pool[\"production\"].linode_lke_node_pool.this", ["labels"], {})
}

test_first_pool_without if {
	rule.deny == {{"subject": "module.cluster.linode_lke_cluster.this", "found": "its first pool has none"}} with input as examples.plan_with("module.cluster.linode_lke_cluster.this", ["pool", 0, "labels"], {})
}

test_a_pool_not_known if {
	rule.deny == {{"subject": "module.cluster.linode_lke_cluster.this", "found": "it is not known before the apply"}} with input as examples.plan_unknown("module.cluster.linode_lke_cluster.this", ["pool"])
}

test_labels_not_known if {
	rule.deny == {{"subject": "module.node_pool[\"production\"].linode_lke_node_pool.this", "found": "it is not known before the apply"}} with input as examples.plan_unknown("module.node_pool[\"production\"].linode_lke_node_pool.this", ["labels"])
}
