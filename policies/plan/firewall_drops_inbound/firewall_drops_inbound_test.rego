package plan.firewall_drops_inbound_test

import data.lib.examples
import data.plan.firewall_drops_inbound as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"module.pool_firewall[0].linode_firewall.this"} with input as data.lib.examples.plan
	rule.deny == set() with input as data.lib.examples.plan
}

test_accepts if {
	rule.deny == {{"subject": "module.pool_firewall[0].linode_firewall.this", "found": "its inbound policy is ACCEPT"}} with input as examples.plan_with("module.pool_firewall[0].linode_firewall.this", ["inbound_policy"], "ACCEPT")
}

test_off if {
	rule.deny == {{"subject": "module.pool_firewall[0].linode_firewall.this", "found": "it is switched off"}} with input as examples.plan_with("module.pool_firewall[0].linode_firewall.this", ["disabled"], true)
}

test_not_known if {
	rule.deny == {{"subject": "module.pool_firewall[0].linode_firewall.this", "found": "it is not known before the apply"}} with input as examples.plan_without("module.pool_firewall[0].linode_firewall.this", ["inbound_policy"])
}

test_whether_it_is_on_not_known if {
	rule.deny == {{"subject": "module.pool_firewall[0].linode_firewall.this", "found": "it is not known before the apply"}} with input as examples.plan_unknown("module.pool_firewall[0].linode_firewall.this", ["disabled"])
}
