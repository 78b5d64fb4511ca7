# METADATA
# title: 'No container takes a port of its node'
# custom:
#   requirements: [FR-009]
#   severity: high
#   message: 'a container is to be reached through a Service, but {found}'
#   solution: 'Take `hostPort` off and make a Service.'
package manifests.no_host_ports

import data.lib.manifests

subjects := manifests.subjects(manifests.workloads)

deny contains manifests.denial(workload, sprintf("%s takes port %d of the node", [container.name, port.hostPort])) if {
	some workload in manifests.workloads
	some container in manifests.containers(workload)
	some port in object.get(container, "ports", [])
	port.hostPort > 0
}
