package state.outputs_hide_secrets_test

import data.lib.examples
import data.state.outputs_hide_secrets as rule

test_judges_the_platform_and_denies_nothing if {
	count(rule.subjects) == 14 with input as data.lib.examples.state
	rule.deny == set() with input as data.lib.examples.state
}

test_by_its_name if {
	rule.deny == {{"subject": "output.kubeconfig", "found": "its name says that it does"}} with input as json.patch(data.lib.examples.state, [{"op": "add", "path": ["outputs", "kubeconfig"], "value": {"value": "x"}}])
}

test_by_a_key if {
	rule.deny == {{"subject": "output.pools", "found": "its value has password"}} with input as json.patch(data.lib.examples.state, [{"op": "add", "path": ["outputs", "pools", "value", "password"], "value": "x"}])
}

test_by_its_value if {
	rule.deny == {{"subject": "output.pools", "found": "it shows token of module.access_token[\"verifier\"].linode_token.this"}} with input as json.patch(data.lib.examples.state, [{"op": "add", "path": ["resources", examples.state_at("module.access_token[\"verifier\"]"), "instances", 0, "attributes", "token"], "value": "abc"}, {"op": "add", "path": "outputs/pools/value/hidden", "value": "abc"}])
}
