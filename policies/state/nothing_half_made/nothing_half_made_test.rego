package state.nothing_half_made_test

import data.lib.examples
import data.state.nothing_half_made as rule

test_judges_the_platform_and_denies_nothing if {
	count(rule.subjects) == 13 with input as data.lib.examples.state
	rule.deny == set() with input as data.lib.examples.state
}

test_tainted if {
	rule.deny == {{"subject": "module.access_token[\"verifier\"].linode_token.this", "found": "this is tainted: its creation failed half-way"}} with input as json.patch(data.lib.examples.state, [{"op": "add", "path": ["resources", examples.state_at("module.access_token[\"verifier\"]"), "instances", 0, "status"], "value": "tainted"}])
}

test_left_over if {
	rule.deny == {{"subject": "module.access_token[\"verifier\"].linode_token.this", "found": "this is left over from a replacement"}} with input as json.patch(data.lib.examples.state, [{"op": "add", "path": ["resources", examples.state_at("module.access_token[\"verifier\"]"), "instances", 0, "deposed"], "value": "00c0ffee"}])
}
