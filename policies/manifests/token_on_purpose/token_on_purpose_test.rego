package manifests.token_on_purpose_test

import data.lib.examples
import data.manifests.token_on_purpose as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"DaemonSet log-collection/vlagent", "Deployment development/sample-service"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_unsaid if {
	rule.deny == {{"subject": "Deployment development/sample-service", "found": "this one leaves it to its account"}} with input as examples.manifests_without("Deployment", "sample-service", ["spec", "template", "spec", "automountServiceAccountToken"])
}
