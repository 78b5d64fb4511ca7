# METADATA
# title: 'No role goes round the API server through nodes'
# custom:
#   requirements: [FR-003]
#   severity: critical
#   message: 'a role is not to reach the kubelet, but {found}'
#   solution: 'Take nodes/proxy out, also with the verb get only: it runs commands in every pod.'
package manifests.rbac_no_node_access

import data.lib.manifests

subjects := manifests.subjects(manifests.roles)

deny contains manifests.denial(role, sprintf("this one has %s", [resource])) if {
	some role in manifests.roles
	some rule in manifests.rules(role)
	some resource in object.get(rule, "resources", [])
	resource in {"nodes/proxy", "nodes/exec", "nodes/log"}
}
