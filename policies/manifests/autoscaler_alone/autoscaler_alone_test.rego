package manifests.autoscaler_alone_test

import data.lib.examples
import data.manifests.autoscaler_alone as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"Deployment development/sample-service"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_both if {
	rule.deny == {{"subject": "Deployment development/sample-service", "found": "this one says 3"}} with input as examples.manifests_with("Deployment", "sample-service", ["spec", "replicas"], 3)
}
