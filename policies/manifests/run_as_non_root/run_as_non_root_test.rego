package manifests.run_as_non_root_test

import data.lib.examples
import data.manifests.run_as_non_root as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"DaemonSet log-collection/vlagent", "Deployment development/sample-service"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_unsaid if {
	rule.deny == {{"subject": "Deployment development/sample-service", "found": "container sample-service may"}} with input as examples.manifests_without("Deployment", "sample-service", ["spec", "template", "spec", "securityContext", "runAsNonRoot"])
}

test_zero if {
	rule.deny == {{"subject": "Deployment development/sample-service", "found": "container sample-service asks to"}} with input as examples.manifests_with("Deployment", "sample-service", ["spec", "template", "spec", "containers", 0, "securityContext", "runAsUser"], 0)
}
