# METADATA
# title: 'No container is privileged'
# custom:
#   requirements: [FR-003]
#   severity: high
#   message: 'a container is to hold no more than the kernel gives to everybody, but {found}'
#   solution: 'Take `privileged` off, and set `allowPrivilegeEscalation: false`.'
package manifests.no_privilege

import data.lib.manifests

subjects := manifests.subjects(manifests.workloads)

deny contains manifests.denial(workload, sprintf("container %s is privileged", [container.name])) if {
	some workload in manifests.workloads
	some container in manifests.containers(workload)
	object.get(container, ["securityContext", "privileged"], false) != false
}

deny contains manifests.denial(workload, sprintf("container %s may gain privileges", [container.name])) if {
	some workload in manifests.workloads
	some container in manifests.containers(workload)
	object.get(container, ["securityContext", "allowPrivilegeEscalation"], true) != false
}
