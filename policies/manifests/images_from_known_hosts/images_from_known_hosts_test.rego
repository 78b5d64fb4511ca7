package manifests.images_from_known_hosts_test

import data.lib.examples
import data.manifests.images_from_known_hosts as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"DaemonSet log-collection/vlagent", "Deployment development/sample-service"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_stranger if {
	rule.deny == {{"subject": "Deployment development/sample-service", "found": "sample-service comes from registry.example.com"}} with input as examples.manifests_with("Deployment", "sample-service", ["spec", "template", "spec", "containers", 0, "image"], "registry.example.com/a:1.0.0")
}
