# METADATA
# title: 'Rights in an environment are for its own people'
# custom:
#   requirements: [FR-001, FR-003]
#   severity: critical
#   message: 'rights in an environment are to be for its own groups and accounts and for the platform''s, but {found}'
#   solution: 'Bind the group plumbline:ENVIRONMENT:PROFILE of the same environment.'
package manifests.rbac_stays_in_its_environment

import data.lib.manifests

all_environments := {"development", "staging", "production", "system"}

bindings := [binding |
	some binding in manifests.objects({"RoleBinding"})
	binding.metadata.namespace in all_environments
]

subjects := manifests.subjects(bindings)

deny contains manifests.denial(binding, sprintf("this one is for %s", [subject.name])) if {
	some binding in bindings
	some subject in object.get(binding, "subjects", [])
	some environment in (all_environments - {binding.metadata.namespace})
	startswith(subject.name, sprintf("plumbline:%s:", [environment]))
}

deny contains manifests.denial(binding, sprintf("this one is for account %s of %s", [subject.name, subject.namespace])) if {
	some binding in bindings
	some subject in object.get(binding, "subjects", [])
	subject.kind == "ServiceAccount"
	subject.namespace in (all_environments - {binding.metadata.namespace})
	subject.name != "plumbline-verifier"
}
