package manifests.namespace_pod_security_test

import data.lib.examples
import data.manifests.namespace_pod_security as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"Namespace development", "Namespace ingress", "Namespace log-collection"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_baseline if {
	rule.deny == {{"subject": "Namespace development", "found": "this one has baseline"}} with input as examples.manifests_with("Namespace", "development", ["metadata", "labels", "pod-security.kubernetes.io/enforce"], "baseline")
}
