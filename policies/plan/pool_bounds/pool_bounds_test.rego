package plan.pool_bounds_test

import data.lib.examples
import data.plan.pool_bounds as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"module.node_pool[\"nonproduction\"].linode_lke_node_pool.this", "module.node_pool[\"production\"].linode_lke_node_pool.this"} with input as data.lib.examples.plan
	rule.deny == set() with input as data.lib.examples.plan
}

test_from_nothing if {
	rule.deny == {{"subject": "module.node_pool[\"production\"].linode_lke_node_pool.this", "found": "its autoscaler goes from 0 to 4"}} with input as examples.plan_with("module.node_pool[\"production\"].linode_lke_node_pool.this", ["autoscaler"], [{"min": 0, "max": 4}])
}

test_upside_down if {
	rule.deny == {{"subject": "module.node_pool[\"production\"].linode_lke_node_pool.this", "found": "its autoscaler goes from 5 to 4"}} with input as examples.plan_with("module.node_pool[\"production\"].linode_lke_node_pool.this", ["autoscaler"], [{"min": 5, "max": 4}])
}

test_within if {
	rule.deny == set() with input as examples.plan_with("module.node_pool[\"production\"].linode_lke_node_pool.this", ["autoscaler"], [{"min": 1, "max": 4}])
}

test_bounds_not_known if {
	rule.deny == {{"subject": "module.node_pool[\"production\"].linode_lke_node_pool.this", "found": "it is not known before the apply"}} with input as examples.plan_unknown("module.node_pool[\"production\"].linode_lke_node_pool.this", ["autoscaler"])
}
