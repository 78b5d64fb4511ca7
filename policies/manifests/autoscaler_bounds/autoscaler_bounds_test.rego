package manifests.autoscaler_bounds_test

import data.lib.examples
import data.manifests.autoscaler_bounds as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"HorizontalPodAutoscaler development/sample-service"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_no_room if {
	rule.deny == {{"subject": "HorizontalPodAutoscaler development/sample-service", "found": "this one goes from 1 to 1"}} with input as examples.manifests_with("HorizontalPodAutoscaler", "sample-service", ["spec", "maxReplicas"], 1)
}

test_no_threshold if {
	rule.deny == {{"subject": "HorizontalPodAutoscaler development/sample-service", "found": "this one has no threshold"}} with input as examples.manifests_without("HorizontalPodAutoscaler", "sample-service", ["spec", "metrics"])
}
