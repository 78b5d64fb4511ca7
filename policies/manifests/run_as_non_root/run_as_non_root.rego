# METADATA
# title: 'Nothing runs as root'
# custom:
#   requirements: [FR-003]
#   severity: high
#   message: 'a container is not to run as root, but {found}'
#   solution: 'Set `runAsNonRoot: true` and a user above 0. Only the log collector needs root, in a namespace of its own.'
package manifests.run_as_non_root

import data.lib.manifests

subjects := manifests.subjects(manifests.workloads)

deny contains manifests.denial(workload, sprintf("container %s may", [container.name])) if {
	some workload in manifests.workloads
	not manifests.apart(workload)
	some container in manifests.containers(workload)
	manifests.security(workload, container, "runAsNonRoot") != true
}

deny contains manifests.denial(workload, sprintf("container %s asks to", [container.name])) if {
	some workload in manifests.workloads
	not manifests.apart(workload)
	some container in manifests.containers(workload)
	manifests.security(workload, container, "runAsUser") == 0
}
