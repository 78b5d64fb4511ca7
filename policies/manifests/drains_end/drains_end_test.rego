package manifests.drains_end_test

import data.lib.examples
import data.manifests.drains_end as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"PodDisruptionBudget development/sample-service"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_min_available if {
	rule.deny == {{"subject": "PodDisruptionBudget development/sample-service", "found": "this one may let none go"}} with input as examples.manifests_with("PodDisruptionBudget", "sample-service", ["spec"], {"minAvailable": 1})
}

test_zero if {
	rule.deny == {{"subject": "PodDisruptionBudget development/sample-service", "found": "this one may let none go"}} with input as examples.manifests_with("PodDisruptionBudget", "sample-service", ["spec", "maxUnavailable"], 0)
}
