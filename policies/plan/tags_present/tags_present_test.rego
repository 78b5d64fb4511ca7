package plan.tags_present_test

import data.lib.examples
import data.plan.tags_present as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"module.cluster.linode_lke_cluster.this", "module.pool_firewall[0].linode_firewall.this"} with input as data.lib.examples.plan
	rule.deny == set() with input as data.lib.examples.plan
}

test_untagged if {
	rule.deny == {{"subject": "module.pool_firewall[0].linode_firewall.this", "found": "it lacks platform:plumbline"}} with input as examples.plan_with("module.pool_firewall[0].linode_firewall.this", ["tags"], ["plumbline"])
}

test_none if {
	rule.deny == {{"subject": "module.pool_firewall[0].linode_firewall.this", "found": "it lacks platform:plumbline, plumbline"}} with input as examples.plan_with("module.pool_firewall[0].linode_firewall.this", ["tags"], null)
}
