package manifests.rbac_no_foreign_pods_test

import data.lib.examples
import data.manifests.rbac_no_foreign_pods as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"ClusterRole plumbline-verifier"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_secrets if {
	rule.deny == {{"subject": "ClusterRole plumbline-verifier", "found": "this one holds secrets"}} with input as examples.manifests_with("ClusterRole", "plumbline-verifier", ["rules", 0], {"apiGroups": [""], "resources": ["secrets"], "verbs": ["list"]})
}
