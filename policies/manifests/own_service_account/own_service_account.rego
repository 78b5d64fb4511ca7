# METADATA
# title: 'Every workload has an account of its own'
# custom:
#   requirements: [FR-003]
#   severity: medium
#   message: 'a workload is to run as an account of its own, so that rights are given to it alone, but {found}'
#   solution: 'Make a ServiceAccount and name it in `serviceAccountName`.'
package manifests.own_service_account

import data.lib.manifests

subjects := manifests.subjects(manifests.workloads)

deny contains manifests.denial(workload, sprintf("this one runs as %s", [name])) if {
	some workload in manifests.workloads
	name := object.get(manifests.pod_spec(workload), "serviceAccountName", "default")
	name == "default"
}
