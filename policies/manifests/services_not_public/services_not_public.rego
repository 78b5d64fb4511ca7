# METADATA
# title: 'Only the ingress controller is public'
# custom:
#   requirements: [FR-009]
#   severity: high
#   message: 'the public is to reach the ingress controller and nothing else, but {found}'
#   solution: 'Make the Service a ClusterIP, and publish it with an Ingress.'
package manifests.services_not_public

import data.lib.manifests

services := manifests.objects({"Service"})

subjects := manifests.subjects(services)

deny contains manifests.denial(service, sprintf("this one is of type %s", [kind])) if {
	some service in services
	kind := object.get(service.spec, "type", "ClusterIP")
	kind in {"LoadBalancer", "NodePort"}
	object.get(service.metadata, "namespace", "") != "ingress"
}

deny contains manifests.denial(service, "this one takes external addresses") if {
	some service in services
	count(object.get(service.spec, "externalIPs", [])) > 0
}
