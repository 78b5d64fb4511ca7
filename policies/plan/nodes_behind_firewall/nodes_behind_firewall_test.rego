package plan.nodes_behind_firewall_test

import data.lib.examples
import data.plan.nodes_behind_firewall as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"module.node_pool[\"nonproduction\"].linode_lke_node_pool.this", "module.node_pool[\"production\"].linode_lke_node_pool.this"} with input as data.lib.examples.plan
	rule.deny == set() with input as data.lib.examples.plan
	rule.unknown == {{"subject": "module.node_pool[\"nonproduction\"].linode_lke_node_pool.this", "depends_on": "firewall_id"}, {"subject": "module.node_pool[\"production\"].linode_lke_node_pool.this", "depends_on": "firewall_id"}} with input as data.lib.examples.plan
}

test_none if {
	rule.deny == {{"subject": "module.node_pool[\"production\"].linode_lke_node_pool.this", "found": "this pool names none"}} with input as examples.plan_known("module.node_pool[\"production\"].linode_lke_node_pool.this", "firewall_id", null)
	rule.unknown == {{"subject": "module.node_pool[\"nonproduction\"].linode_lke_node_pool.this", "depends_on": "firewall_id"}} with input as examples.plan_known("module.node_pool[\"production\"].linode_lke_node_pool.this", "firewall_id", null)
}
