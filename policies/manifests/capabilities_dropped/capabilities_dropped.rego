# METADATA
# title: 'Every container gives its capabilities up'
# custom:
#   requirements: [FR-003]
#   severity: high
#   message: 'a container is to drop ALL capabilities and add none, but {found}'
#   solution: 'Set `capabilities: { drop: [ALL] }`. Only the log collector adds one, DAC_READ_SEARCH.'
package manifests.capabilities_dropped

import data.lib.manifests

subjects := manifests.subjects(manifests.workloads)

deny contains manifests.denial(workload, sprintf("container %s keeps them", [container.name])) if {
	some workload in manifests.workloads
	some container in manifests.containers(workload)
	not "ALL" in object.get(container, ["securityContext", "capabilities", "drop"], [])
}

deny contains manifests.denial(workload, sprintf("container %s adds %s", [container.name, capability])) if {
	some workload in manifests.workloads
	some container in manifests.containers(workload)
	some capability in object.get(container, ["securityContext", "capabilities", "add"], [])
	not granted(workload, capability)
}

granted(workload, "DAC_READ_SEARCH") if manifests.apart(workload)
