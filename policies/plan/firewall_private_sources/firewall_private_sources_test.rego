package plan.firewall_private_sources_test

import data.lib.examples
import data.plan.firewall_private_sources as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"module.pool_firewall[0].linode_firewall.this"} with input as data.lib.examples.plan
	rule.deny == set() with input as data.lib.examples.plan
}

test_everybody if {
	rule.deny == {{"subject": "module.pool_firewall[0].linode_firewall.this", "found": "the rule kubelet lets in 0.0.0.0/0"}} with input as examples.plan_with("module.pool_firewall[0].linode_firewall.this", ["inbound", 0, "ipv4"], ["0.0.0.0/0"])
}

test_everybody_over_ipv6 if {
	rule.deny == {{"subject": "module.pool_firewall[0].linode_firewall.this", "found": "the rule kubelet lets in ::/0"}} with input as examples.plan_with("module.pool_firewall[0].linode_firewall.this", ["inbound", 0, "ipv6"], ["::/0", "fd00::/8"])
}

test_a_drop_may_name_everybody if {
	rule.deny == set() with input as examples.plan_with("module.pool_firewall[0].linode_firewall.this", ["inbound", 0], {"action": "DROP", "label": "x", "ipv4": ["0.0.0.0/0"], "ipv6": null})
}

test_sources_known_after_apply_only if {
	rule.deny == {{"subject": "module.pool_firewall[0].linode_firewall.this", "found": "it is not known before the apply"}} with input as examples.planned("module.pool_firewall[0].linode_firewall.this", ["after_unknown", "inbound", 0, "ipv4"], true)
}

test_rules_not_known if {
	rule.deny == {{"subject": "module.pool_firewall[0].linode_firewall.this", "found": "it is not known before the apply"}} with input as examples.plan_unknown("module.pool_firewall[0].linode_firewall.this", ["inbound"])
}
