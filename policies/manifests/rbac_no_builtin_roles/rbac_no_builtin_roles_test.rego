package manifests.rbac_no_builtin_roles_test

import data.lib.examples
import data.manifests.rbac_no_builtin_roles as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"ClusterRoleBinding plumbline-verifier", "RoleBinding development/verifier", "RoleBinding development/viewer"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_edit if {
	rule.deny == {{"subject": "RoleBinding development/viewer", "found": "this one gives edit"}} with input as examples.manifests_with("RoleBinding", "viewer", ["roleRef"], {"kind": "ClusterRole", "name": "edit"})
}

test_system if {
	rule.deny == {{"subject": "RoleBinding development/viewer", "found": "this one gives system:node"}} with input as examples.manifests_with("RoleBinding", "viewer", ["roleRef"], {"kind": "ClusterRole", "name": "system:node"})
}
