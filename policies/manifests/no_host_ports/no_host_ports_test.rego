package manifests.no_host_ports_test

import data.lib.examples
import data.manifests.no_host_ports as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"DaemonSet log-collection/vlagent", "Deployment development/sample-service"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_web if {
	rule.deny == {{"subject": "Deployment development/sample-service", "found": "sample-service takes port 80 of the node"}} with input as examples.manifests_with("Deployment", "sample-service", ["spec", "template", "spec", "containers", 0, "ports", 0, "hostPort"], 80)
}
