# METADATA
# title: 'The state has no secret but those that the provider puts there'
# custom:
#   requirements: [NFR-002]
#   severity: critical
#   message: 'the state is to hold no secret but the credentials that Linodes provider itself puts there, but {found}'
#   solution: 'Make the secret by `npx plumbline secrets bootstrap`, which keeps it encrypted outside the state; then rotate what was there, every kept version has it.'
package state.secrets_where_known

import data.lib.state

found := state.instances(state.managed)

subjects := state.addresses(found)

filled(value) if {
	is_string(value)
	value != ""
}

deny contains state.denial(one, sprintf("this has %s", [concat(".", [sprintf("%v", [part]) | some part in path])])) if {
	some one in found
	walk(one.instance.attributes, [path, value])
	filled(value)
	key := path[count(path) - 1]
	is_string(key)
	regex.match(state.telling, key)
	not path[0] in object.get(state.secret_attributes, one.type, set())
}

# By its form, whatever the attribute is called.
deny contains state.denial(one, sprintf("the value of %s is a private key", [concat(".", [sprintf("%v", [part]) | some part in path])])) if {
	some one in found
	walk(one.instance.attributes, [path, value])
	is_string(value)
	regex.match(`-----BEGIN [A-Z ]*PRIVATE KEY-----|AGE-SECRET-KEY-1`, value)
	not path[0] in object.get(state.secret_attributes, one.type, set())
}
