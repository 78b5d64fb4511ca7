package manifests.rbac_stays_in_its_environment_test

import data.lib.examples
import data.manifests.rbac_stays_in_its_environment as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"RoleBinding development/verifier", "RoleBinding development/viewer"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_group if {
	rule.deny == {{"subject": "RoleBinding development/viewer", "found": "this one is for plumbline:staging:viewer"}} with input as examples.manifests_with("RoleBinding", "viewer", ["subjects", 0, "name"], "plumbline:staging:viewer")
}

test_account if {
	rule.deny == {{"subject": "RoleBinding development/viewer", "found": "this one is for account default of production"}} with input as examples.manifests_with("RoleBinding", "viewer", ["subjects", 0], {"kind": "ServiceAccount", "name": "default", "namespace": "production"})
}
