package state.secrets_where_known_test

import data.lib.examples
import data.state.secrets_where_known as rule

test_judges_the_platform_and_denies_nothing if {
	count(rule.subjects) == 13 with input as data.lib.examples.state
	rule.deny == set() with input as data.lib.examples.state
}

test_by_its_name if {
	rule.deny == {{"subject": "module.cluster.linode_lke_cluster.this", "found": "this has labels.db_password"}} with input as json.patch(data.lib.examples.state, [{"op": "add", "path": ["resources", examples.state_at("module.cluster"), "instances", 0, "attributes", "labels"], "value": {"db_password": "x"}}])
}

test_by_its_form if {
	rule.deny == {{"subject": "module.cluster.linode_lke_cluster.this", "found": "the value of note is a private key"}} with input as json.patch(data.lib.examples.state, [{"op": "add", "path": ["resources", examples.state_at("module.cluster"), "instances", 0, "attributes", "note"], "value": "-----BEGIN PRIVATE KEY-----"}])
}
