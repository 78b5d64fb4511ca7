package plan.pool_joined_test

import data.lib.examples
import data.plan.pool_joined as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"module.node_pool[\"nonproduction\"].linode_lke_node_pool.this", "module.node_pool[\"production\"].linode_lke_node_pool.this"} with input as data.lib.examples.plan
	rule.deny == set() with input as data.lib.examples.plan
}

test_stranger if {
	rule.deny == {{"subject": "module.node_pool[\"production\"].linode_lke_node_pool.this", "found": "its tags are: app, web"}} with input as examples.plan_with("module.node_pool[\"production\"].linode_lke_node_pool.this", ["tags"], ["web", "app"])
}

test_tags_not_known if {
	rule.deny == {{"subject": "module.node_pool[\"production\"].linode_lke_node_pool.this", "found": "it is not known before the apply"}} with input as examples.plan_unknown("module.node_pool[\"production\"].linode_lke_node_pool.this", ["tags"])
}
