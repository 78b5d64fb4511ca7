package manifests.probes_set_test

import data.lib.examples
import data.manifests.probes_set as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"DaemonSet log-collection/vlagent", "Deployment development/sample-service"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_none if {
	rule.deny == {{"subject": "Deployment development/sample-service", "found": "sample-service has no readinessProbe"}} with input as examples.manifests_without("Deployment", "sample-service", ["spec", "template", "spec", "containers", 0, "readinessProbe"])
}
