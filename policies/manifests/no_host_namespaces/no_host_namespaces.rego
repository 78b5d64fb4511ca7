# METADATA
# title: 'No pod shares its node''s namespaces'
# custom:
#   requirements: [FR-003, FR-009]
#   severity: high
#   message: 'a pod is to have network, process and IPC namespaces of its own, but {found}'
#   solution: 'Take hostNetwork, hostPID and hostIPC off.'
package manifests.no_host_namespaces

import data.lib.manifests

subjects := manifests.subjects(manifests.workloads)

deny contains manifests.denial(workload, sprintf("%s is on", [shared])) if {
	some workload in manifests.workloads
	some shared in ["hostNetwork", "hostPID", "hostIPC"]
	object.get(manifests.pod_spec(workload), shared, false) != false
}
