# METADATA
# title: 'Autoscalers can scale, by a stated threshold'
# custom:
#   requirements: [NFR-008]
#   severity: medium
#   message: 'an autoscaler is to have room and a threshold, but {found}'
#   solution: 'Set minReplicas below maxReplicas, and a target utilization of 30 to 90 %.'
package manifests.autoscaler_bounds

import data.lib.manifests

autoscalers := manifests.objects({"HorizontalPodAutoscaler"})

subjects := manifests.subjects(autoscalers)

deny contains manifests.denial(autoscaler, sprintf("this one goes from %d to %d", [least, autoscaler.spec.maxReplicas])) if {
	some autoscaler in autoscalers
	least := object.get(autoscaler.spec, "minReplicas", 1)
	least >= autoscaler.spec.maxReplicas
}

deny contains manifests.denial(autoscaler, "this one has no threshold") if {
	some autoscaler in autoscalers
	targets := [target | some metric in object.get(autoscaler.spec, "metrics", []); target := metric.resource.target.averageUtilization]
	not fit(targets)
}

fit(targets) if {
	count(targets) > 0
	min(targets) >= 30
	max(targets) <= 90
}
