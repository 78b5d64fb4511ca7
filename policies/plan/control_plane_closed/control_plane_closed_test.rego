package plan.control_plane_closed_test

import data.lib.examples
import data.plan.control_plane_closed as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"module.cluster.linode_lke_cluster.this"} with input as data.lib.examples.plan
	rule.deny == set() with input as data.lib.examples.plan
}

test_everybody if {
	rule.deny == {{"subject": "module.cluster.linode_lke_cluster.this", "found": "its access list lets in 0.0.0.0/0"}} with input as examples.plan_with("module.cluster.linode_lke_cluster.this", ["control_plane", 0, "acl", 0, "addresses", 0, "ipv4"], ["0.0.0.0/0", "203.0.113.7/32"])
}

test_everybody_over_ipv6 if {
	rule.deny == {{"subject": "module.cluster.linode_lke_cluster.this", "found": "its access list lets in ::/0"}} with input as examples.plan_with("module.cluster.linode_lke_cluster.this", ["control_plane", 0, "acl", 0, "addresses", 0, "ipv6"], ["::/0"])
}

test_access_list_off if {
	rule.deny == {{"subject": "module.cluster.linode_lke_cluster.this", "found": "its access list is off"}} with input as examples.plan_with("module.cluster.linode_lke_cluster.this", ["control_plane", 0, "acl", 0, "enabled"], false)
}

test_no_access_list if {
	rule.deny == {{"subject": "module.cluster.linode_lke_cluster.this", "found": "its access list is off"}} with input as examples.plan_with("module.cluster.linode_lke_cluster.this", ["control_plane", 0, "acl"], [])
}

test_addresses_known_after_apply_only if {
	rule.deny == {{"subject": "module.cluster.linode_lke_cluster.this", "found": "it is not known before the apply"}} with input as examples.plan_without("module.cluster.linode_lke_cluster.this", ["control_plane", 0, "acl", 0, "addresses"])
}
