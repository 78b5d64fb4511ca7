package lib.state_test

import data.lib.state

resource := {"mode": "managed", "type": "linode_token", "name": "this", "instances": [{"attributes": {"label": "a", "expiry": null}}]}

test_an_address_is_terraforms_own if {
	state.addresses(state.instances({"linode_token"})) == {"linode_token.this"} with input as {"resources": [resource]}
	state.addresses(state.instances({"linode_token"})) == {"module.a.linode_token.this[1]"} with input as {"resources": [object.union(resource, {"module": "module.a", "instances": [{"index_key": 1}]})]}
	state.addresses(state.instances({"linode_token"})) == {`linode_token.this["x"]`} with input as {"resources": [object.union(resource, {"instances": [{"index_key": "x"}]})]}
}

test_unset_and_null_are_the_fallback if {
	one := state.instances({"linode_token"})[0] with input as {"resources": [resource]}
	state.value(one, ["label"], "b") == "a"
	state.value(one, ["expiry"], "never") == "never"
	state.value(one, ["scopes"], "*") == "*"
}
