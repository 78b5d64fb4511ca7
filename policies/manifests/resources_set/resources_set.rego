# METADATA
# title: 'Every container says what it needs and takes'
# custom:
#   requirements: [FR-001, NFR-008]
#   severity: medium
#   message: 'a container is to have requests and limits of CPU and memory, but {found}'
#   solution: 'Set `resources.requests` and `resources.limits`, each with cpu and memory.'
package manifests.resources_set

import data.lib.manifests

subjects := manifests.subjects(manifests.workloads)

deny contains manifests.denial(workload, sprintf("%s has no %s of %s", [container.name, bound, kind])) if {
	some workload in manifests.workloads
	some container in manifests.containers(workload)
	some bound in ["requests", "limits"]
	some kind in ["cpu", "memory"]
	object.get(container, ["resources", bound, kind], "") == ""
}
