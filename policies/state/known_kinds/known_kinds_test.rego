package state.known_kinds_test

import data.state.known_kinds as rule

test_judges_the_platform_and_denies_nothing if {
	count(rule.subjects) == 13 with input as data.lib.examples.state
	rule.deny == set() with input as data.lib.examples.state
}

test_a_machine if {
	rule.deny == {{"subject": "linode_instance.bastion", "found": "linode_instance is none"}} with input as json.patch(data.lib.examples.state, [{"op": "add", "path": "resources/-", "value": {"mode": "managed", "type": "linode_instance", "name": "bastion", "provider": "provider[\"registry.terraform.io/linode/linode\"]", "instances": [{"attributes": {}}]}}])
}

test_another_provider if {
	rule.deny == {{"subject": "linode_token.mine[0]", "found": "its provider is provider[\"example.org/linode\"]"}} with input as json.patch(data.lib.examples.state, [{"op": "add", "path": "resources/-", "value": {"mode": "managed", "type": "linode_token", "name": "mine", "provider": "provider[\"example.org/linode\"]", "instances": [{"index_key": 0, "attributes": {}}]}}])
}

test_another_provider_by_name if {
	rule.deny == {{"subject": "linode_token.mine[\"a\"]", "found": "its provider is provider[\"example.org/linode\"]"}} with input as json.patch(data.lib.examples.state, [{"op": "add", "path": "resources/-", "value": {"mode": "managed", "type": "linode_token", "name": "mine", "provider": "provider[\"example.org/linode\"]", "instances": [{"index_key": "a", "attributes": {}}]}}])
}
