# METADATA
# title: 'No container writes to its own image'
# custom:
#   requirements: [FR-003]
#   severity: medium
#   message: 'the root file system of a container is to be read-only, but {found}'
#   solution: 'Set `readOnlyRootFilesystem: true`, and mount an emptyDir where it must write.'
package manifests.read_only_root

import data.lib.manifests

subjects := manifests.subjects(manifests.workloads)

deny contains manifests.denial(workload, sprintf("that of %s is not", [container.name])) if {
	some workload in manifests.workloads
	some container in manifests.containers(workload)
	object.get(container, ["securityContext", "readOnlyRootFilesystem"], false) != true
}
