# METADATA
# title: 'Outputs in the state that hold secrets are marked so'
# custom:
#   requirements: [NFR-002]
#   severity: high
#   message: 'an output that holds a secret is to be sensitive, but {found}'
#   solution: 'Set `sensitive = true` on the output.'
package state.outputs_hide_secrets

import data.lib.state

outputs := object.get(input, "outputs", {})

subjects := {sprintf("output.%s", [name]) | some name, _ in outputs}

shown := {name: output | some name, output in outputs; object.get(output, "sensitive", false) != true}

deny contains {"subject": sprintf("output.%s", [name]), "found": "its name says that it does"} if {
	some name, _ in shown
	regex.match(state.telling, name)
}

deny contains {"subject": sprintf("output.%s", [name]), "found": sprintf("its value has %s", [key])} if {
	some name, output in shown
	walk(output.value, [path, _])
	some key in path
	is_string(key)
	regex.match(state.telling, key)
}

# What the provider holds as a secret, under whatever name.
deny contains {"subject": sprintf("output.%s", [name]), "found": sprintf("it shows %s of %s", [attribute, one.address])} if {
	some name, output in shown
	some one in state.instances(object.keys(state.secret_attributes))
	some attribute in (state.secret_attributes[one.type] - {"ca_cert"})
	secret := state.value(one, [attribute], "")
	secret != ""
	walk(output.value, [_, secret])
}
