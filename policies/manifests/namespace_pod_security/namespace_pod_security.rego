# METADATA
# title: 'Every namespace enforces Pod Security'
# custom:
#   requirements: [FR-001, FR-003]
#   severity: high
#   message: 'a namespace is to enforce the level restricted, but {found}'
#   solution: 'Set the label pod-security.kubernetes.io/enforce: restricted. Only log-collection is privileged, since reading a node''s logs takes it.'
package manifests.namespace_pod_security

import data.lib.manifests

label := ["metadata", "labels", "pod-security.kubernetes.io/enforce"]

subjects := manifests.subjects(manifests.namespaces)

deny contains manifests.denial(namespace, sprintf("this one has %s", [level])) if {
	some namespace in manifests.namespaces
	not namespace.metadata.name in manifests.sees_nodes
	level := object.get(namespace, label, "none")
	level != "restricted"
}
