# METADATA
# title: 'Outputs that hold secrets are marked so'
# custom:
#   requirements: [NFR-002]
#   severity: high
#   message: 'an output that holds a secret is to be sensitive, but {found}'
#   solution: 'Set `sensitive = true` on the output.'
package plan.outputs_hide_secrets

outputs := object.get(input, "output_changes", {})

telling := `(^|_)(password|secret_key|kubeconfig|token|tokens|private_key|credentials)$`

subjects := {sprintf("output.%s", [name]) | some name, _ in outputs}

deny contains {"subject": sprintf("output.%s", [name]), "found": "its name says that it does"} if {
	some name, output in outputs
	output.after_sensitive == false
	regex.match(telling, name)
}

deny contains {"subject": sprintf("output.%s", [name]), "found": sprintf("its value has %s", [key])} if {
	some name, output in outputs
	output.after_sensitive == false
	some part in [object.get(output, "after", null), object.get(output, "after_unknown", null)]
	walk(part, [path, _])
	some key in path
	is_string(key)
	regex.match(telling, key)
}
