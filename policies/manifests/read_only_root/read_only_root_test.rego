package manifests.read_only_root_test

import data.lib.examples
import data.manifests.read_only_root as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"DaemonSet log-collection/vlagent", "Deployment development/sample-service"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_writable if {
	rule.deny == {{"subject": "Deployment development/sample-service", "found": "that of sample-service is not"}} with input as examples.manifests_with("Deployment", "sample-service", ["spec", "template", "spec", "containers", 0, "securityContext", "readOnlyRootFilesystem"], false)
}
