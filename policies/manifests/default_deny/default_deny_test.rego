package manifests.default_deny_test

import data.lib.examples
import data.manifests.default_deny as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"Namespace development", "Namespace ingress", "Namespace log-collection"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_one_direction if {
	rule.deny == {{"subject": "Namespace development", "found": "this one has none"}} with input as examples.manifests_with("NetworkPolicy", "default-deny", ["spec", "policyTypes"], ["Ingress"])
}
