# METADATA
# title: 'No binding gives a built-in role'
# custom:
#   requirements: [FR-003]
#   severity: high
#   message: 'rights are to be given by roles of the platform''s own, but {found}'
#   solution: 'Write a Role with what is needed: admin and edit impersonate accounts, and cluster-admin is everything.'
package manifests.rbac_no_builtin_roles

import data.lib.manifests

subjects := manifests.subjects(manifests.bindings)

deny contains manifests.denial(binding, sprintf("this one gives %s", [binding.roleRef.name])) if {
	some binding in manifests.bindings
	binding.roleRef.kind == "ClusterRole"
	given(binding.roleRef.name)
}

given(name) if name in {"admin", "cluster-admin", "edit", "view"}

given(name) if startswith(name, "system:")
