package state.nothing_open_test

import data.lib.examples
import data.state.nothing_open as rule

test_judges_the_platform_and_denies_nothing if {
	count(rule.subjects) == 5 with input as data.lib.examples.state
	rule.deny == set() with input as data.lib.examples.state
}

test_the_api_server if {
	rule.deny == {{"subject": "module.cluster.linode_lke_cluster.this", "found": "its access list is off"}} with input as json.patch(data.lib.examples.state, [{"op": "add", "path": ["resources", examples.state_at("module.cluster"), "instances", 0, "attributes", "control_plane", 0, "acl", 0, "enabled"], "value": false}])
}

test_the_nodes if {
	rule.deny == {{"subject": "module.pool_firewall[0].linode_firewall.this", "found": "its inbound policy is ACCEPT"}} with input as json.patch(data.lib.examples.state, [{"op": "add", "path": ["resources", examples.state_at("module.pool_firewall[0]"), "instances", 0, "attributes", "inbound_policy"], "value": "ACCEPT"}])
}

test_the_firewall_off if {
	rule.deny == {{"subject": "module.pool_firewall[0].linode_firewall.this", "found": "it is switched off"}} with input as json.patch(data.lib.examples.state, [{"op": "add", "path": ["resources", examples.state_at("module.pool_firewall[0]"), "instances", 0, "attributes", "disabled"], "value": true}])
}

test_a_bucket if {
	rule.deny == {{"subject": "module.state_bucket.linode_object_storage_bucket.this", "found": "its access is public-read"}} with input as json.patch(data.lib.examples.state, [{"op": "add", "path": ["resources", examples.state_at("module.state_bucket"), "instances", 0, "attributes", "acl"], "value": "public-read"}])
}
