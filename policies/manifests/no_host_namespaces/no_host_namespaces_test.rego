package manifests.no_host_namespaces_test

import data.lib.examples
import data.manifests.no_host_namespaces as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"DaemonSet log-collection/vlagent", "Deployment development/sample-service"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_network if {
	rule.deny == {{"subject": "Deployment development/sample-service", "found": "hostNetwork is on"}} with input as examples.manifests_with("Deployment", "sample-service", ["spec", "template", "spec", "hostNetwork"], true)
}
