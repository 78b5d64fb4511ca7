package manifests.rbac_no_escalation_test

import data.lib.examples
import data.manifests.rbac_no_escalation as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"ClusterRole plumbline-verifier", "Role development/viewer"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_impersonate if {
	rule.deny == {{"subject": "Role development/viewer", "found": "this one holds impersonate"}} with input as examples.manifests_with("Role", "viewer", ["rules", 0], {"apiGroups": [""], "resources": ["users"], "verbs": ["impersonate"]})
}

test_bind_anything if {
	rule.deny == {{"subject": "ClusterRole plumbline-verifier", "found": "this one holds bind"}} with input as examples.manifests_with("ClusterRole", "plumbline-verifier", ["rules", 0], {"apiGroups": ["rbac.authorization.k8s.io"], "resources": ["clusterroles"], "verbs": ["bind"]})
}
