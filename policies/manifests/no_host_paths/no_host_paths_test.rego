package manifests.no_host_paths_test

import data.lib.examples
import data.manifests.no_host_paths as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"DaemonSet log-collection/vlagent", "Deployment development/sample-service"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_runtime_socket if {
	rule.deny == {{"subject": "Deployment development/sample-service", "found": "volume runtime is /run/containerd"}} with input as examples.manifests_with("Deployment", "sample-service", ["spec", "template", "spec", "volumes", 0], {"name": "runtime", "hostPath": {"path": "/run/containerd"}})
}

test_more_of_the_node if {
	rule.deny == {{"subject": "DaemonSet log-collection/vlagent", "found": "volume all is /"}} with input as examples.manifests_with("DaemonSet", "vlagent", ["spec", "template", "spec", "volumes", 0], {"name": "all", "hostPath": {"path": "/"}})
}
