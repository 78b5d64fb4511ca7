package manifests.services_not_public_test

import data.lib.examples
import data.manifests.services_not_public as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"Service development/sample-service", "Service ingress/traefik"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_node_port if {
	rule.deny == {{"subject": "Service development/sample-service", "found": "this one is of type NodePort"}} with input as examples.manifests_with("Service", "sample-service", ["spec", "type"], "NodePort")
}

test_external if {
	rule.deny == {{"subject": "Service development/sample-service", "found": "this one takes external addresses"}} with input as examples.manifests_with("Service", "sample-service", ["spec", "externalIPs"], ["203.0.113.7"])
}

test_a_service_without_a_namespace_is_nowhere_else if {
	rule.deny == {{"subject": "Service sample-service", "found": "this one is of type NodePort"}} with input as json.patch(
		examples.manifests_with("Service", "sample-service", ["spec", "type"], "NodePort"),
		[{"op": "remove", "path": ["objects", examples.object_at("Service", "sample-service"), "metadata", "namespace"]}],
	)
}
