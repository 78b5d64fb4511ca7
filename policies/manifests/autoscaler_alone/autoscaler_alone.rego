# METADATA
# title: 'The number of pods is set by one hand'
# custom:
#   requirements: [NFR-008]
#   severity: medium
#   message: 'a workload with an autoscaler is not to say its own number of pods, but {found}'
#   solution: 'Take `replicas` out of the workload: each release would undo what the autoscaler did.'
package manifests.autoscaler_alone

import data.lib.manifests

autoscaled := {[hpa.metadata.namespace, hpa.spec.scaleTargetRef.kind, hpa.spec.scaleTargetRef.name] |
	some hpa in manifests.objects({"HorizontalPodAutoscaler"})
}

workloads := [workload |
	some workload in manifests.objects({"Deployment", "StatefulSet"})
	[workload.metadata.namespace, workload.kind, workload.metadata.name] in autoscaled
]

subjects := manifests.subjects(workloads)

deny contains manifests.denial(workload, sprintf("this one says %d", [workload.spec.replicas])) if some workload in workloads
