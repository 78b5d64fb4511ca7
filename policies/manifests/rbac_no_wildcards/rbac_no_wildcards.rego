# METADATA
# title: 'No role holds a wildcard'
# custom:
#   requirements: [FR-003, NFR-002]
#   severity: high
#   message: 'a role is to name what it may do to what, but {found}'
#   solution: 'Name the verbs, resources and API groups.'
package manifests.rbac_no_wildcards

import data.lib.manifests

subjects := manifests.subjects(manifests.roles)

deny contains manifests.denial(role, sprintf("this one has * in its %s", [field])) if {
	some role in manifests.roles
	some rule in manifests.rules(role)
	some field in ["verbs", "resources", "apiGroups", "nonResourceURLs"]
	some value in object.get(rule, field, [])
	contains(value, "*")
}
