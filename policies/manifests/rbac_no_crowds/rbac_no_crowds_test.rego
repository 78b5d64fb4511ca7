package manifests.rbac_no_crowds_test

import data.lib.examples
import data.manifests.rbac_no_crowds as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"ClusterRoleBinding plumbline-verifier", "RoleBinding development/verifier", "RoleBinding development/viewer"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_authenticated if {
	rule.deny == {{"subject": "RoleBinding development/viewer", "found": "this one is for system:authenticated"}} with input as examples.manifests_with("RoleBinding", "viewer", ["subjects", 0, "name"], "system:authenticated")
}

test_accounts if {
	rule.deny == {{"subject": "RoleBinding development/viewer", "found": "this one is for system:serviceaccounts:staging"}} with input as examples.manifests_with("RoleBinding", "viewer", ["subjects", 0, "name"], "system:serviceaccounts:staging")
}
