package manifests.capabilities_dropped_test

import data.lib.examples
import data.manifests.capabilities_dropped as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"DaemonSet log-collection/vlagent", "Deployment development/sample-service"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_kept if {
	rule.deny == {{"subject": "Deployment development/sample-service", "found": "container sample-service keeps them"}} with input as examples.manifests_without("Deployment", "sample-service", ["spec", "template", "spec", "containers", 0, "securityContext", "capabilities"])
}

test_added if {
	rule.deny == {{"subject": "Deployment development/sample-service", "found": "container sample-service adds NET_ADMIN"}} with input as examples.manifests_with("Deployment", "sample-service", ["spec", "template", "spec", "containers", 0, "securityContext", "capabilities", "add"], ["NET_ADMIN"])
}
