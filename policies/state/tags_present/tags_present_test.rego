package state.tags_present_test

import data.lib.examples
import data.state.tags_present as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"module.cluster.linode_lke_cluster.this", "module.pool_firewall[0].linode_firewall.this"} with input as data.lib.examples.state
	rule.deny == set() with input as data.lib.examples.state
}

test_not_ours if {
	rule.deny == {{"subject": "module.cluster.linode_lke_cluster.this", "found": "it lacks plumbline"}} with input as json.patch(data.lib.examples.state, [{"op": "add", "path": ["resources", examples.state_at("module.cluster"), "instances", 0, "attributes", "tags"], "value": ["platform:plumbline"]}])
}

test_of_no_platform if {
	rule.deny == {{"subject": "module.cluster.linode_lke_cluster.this", "found": "it has no platform: tag"}} with input as json.patch(data.lib.examples.state, [{"op": "add", "path": ["resources", examples.state_at("module.cluster"), "instances", 0, "attributes", "tags"], "value": ["plumbline"]}])
}
