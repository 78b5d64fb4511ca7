# METADATA
# title: 'No binding is for everybody'
# custom:
#   requirements: [FR-003, NFR-002]
#   severity: critical
#   message: 'rights are to be given to named people and accounts, but {found}'
#   solution: 'Name the groups or accounts that need them.'
package manifests.rbac_no_crowds

import data.lib.manifests

subjects := manifests.subjects(manifests.bindings)

deny contains manifests.denial(binding, sprintf("this one is for %s", [subject.name])) if {
	some binding in manifests.bindings
	some subject in object.get(binding, "subjects", [])
	crowd(subject.name)
}

crowd(name) if name in {"system:anonymous", "system:authenticated", "system:unauthenticated"}

crowd(name) if startswith(name, "system:serviceaccounts")
