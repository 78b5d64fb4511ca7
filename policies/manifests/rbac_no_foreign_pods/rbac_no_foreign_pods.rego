# METADATA
# title: 'Nobody works in every namespace''s pods or secrets'
# custom:
#   requirements: [FR-003, FR-001]
#   severity: critical
#   message: 'a role that is bound for the whole cluster is not to read secrets or work in pods, but {found}'
#   solution: 'Bind the role in the namespaces that need it, with a RoleBinding.'
package manifests.rbac_no_foreign_pods

import data.lib.manifests

bound := {binding.roleRef.name |
	some binding in manifests.objects({"ClusterRoleBinding"})
	binding.roleRef.kind == "ClusterRole"
}

roles := manifests.objects({"ClusterRole"})

subjects := manifests.subjects(roles)

deny contains manifests.denial(role, sprintf("this one holds %s", [resource])) if {
	some role in roles
	role.metadata.name in bound
	some rule in manifests.rules(role)
	some resource in object.get(rule, "resources", [])
	resource in {"secrets", "pods/exec", "pods/attach", "pods/portforward", "pods/ephemeralcontainers"}
}
