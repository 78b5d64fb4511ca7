package manifests.rbac_no_wildcards_test

import data.lib.examples
import data.manifests.rbac_no_wildcards as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"ClusterRole plumbline-verifier", "Role development/viewer"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_verbs if {
	rule.deny == {{"subject": "Role development/viewer", "found": "this one has * in its verbs"}} with input as examples.manifests_with("Role", "viewer", ["rules", 0], {"apiGroups": [""], "resources": ["pods"], "verbs": ["*"]})
}

test_subresources if {
	rule.deny == {{"subject": "Role development/viewer", "found": "this one has * in its resources"}} with input as examples.manifests_with("Role", "viewer", ["rules", 0], {"apiGroups": [""], "resources": ["*/scale"], "verbs": ["get"]})
}
