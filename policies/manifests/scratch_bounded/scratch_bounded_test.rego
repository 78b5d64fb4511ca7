package manifests.scratch_bounded_test

import data.lib.examples
import data.manifests.scratch_bounded as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"DaemonSet log-collection/vlagent", "Deployment development/sample-service"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_unbounded if {
	rule.deny == {{"subject": "Deployment development/sample-service", "found": "volume scratch is not"}} with input as examples.manifests_with("Deployment", "sample-service", ["spec", "template", "spec", "volumes", 0], {"name": "scratch", "emptyDir": {}})
}
