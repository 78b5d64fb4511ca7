# METADATA
# title: What rendered manifests would make
# description: 'Reads `{"objects": [...]}`, the Kubernetes objects of one rendering in any order.'
package lib.manifests

objects(kinds) := [item |
	some item in input.objects
	item.kind in kinds
]

# How an item is called in a verdict, such as `Deployment staging/sample-service`.
subject(item) := sprintf("%s %s/%s", [item.kind, item.metadata.namespace, item.metadata.name]) if {
	item.metadata.namespace
} else := sprintf("%s %s", [item.kind, item.metadata.name])

subjects(found) := {subject(item) | some item in found}

denial(item, found) := {"subject": subject(item), "found": found}

running := {"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob", "Pod"}

workloads := objects(running)

pod_spec(item) := item.spec if {
	item.kind == "Pod"
} else := item.spec.jobTemplate.spec.template.spec if {
	item.kind == "CronJob"
} else := item.spec.template.spec

containers(item) := array.concat(
	object.get(pod_spec(item), "containers", []),
	object.get(pod_spec(item), "initContainers", []),
)

# A container's setting, else its pod's; `unset` when neither says.
security(item, container, key) := found if {
	found := object.get(container, ["securityContext", key], "unset")
	found != "unset"
} else := object.get(pod_spec(item), ["securityContext", key], "unset")

namespaces := objects({"Namespace"})

environment_of(namespace) := object.get(namespace, ["metadata", "labels", "plumbline.dev/environment"], "")

# The only namespace in which a pod may see its node: the log collector's. Nothing else is installed there.
sees_nodes := {"log-collection"}

apart(item) if object.get(item.metadata, "namespace", "") in sees_nodes

roles := objects({"Role", "ClusterRole"})

rules(role) := object.get(role, "rules", [])

bindings := objects({"RoleBinding", "ClusterRoleBinding"})

said(list) := concat(", ", sort([one | some one in list]))
