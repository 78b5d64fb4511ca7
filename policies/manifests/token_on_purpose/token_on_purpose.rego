# METADATA
# title: 'A pod says whether it gets a token'
# custom:
#   requirements: [FR-003]
#   severity: medium
#   message: 'whether a pod gets a token of the API server is to be said, but {found}'
#   solution: 'Set `automountServiceAccountToken` on the pod; false unless it calls the API server.'
package manifests.token_on_purpose

import data.lib.manifests

subjects := manifests.subjects(manifests.workloads)

deny contains manifests.denial(workload, "this one leaves it to its account") if {
	some workload in manifests.workloads
	not is_boolean(object.get(manifests.pod_spec(workload), "automountServiceAccountToken", "unset"))
}
