package manifests.rbac_no_tokens_test

import data.lib.examples
import data.manifests.rbac_no_tokens as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"ClusterRole plumbline-verifier", "Role development/viewer"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_token if {
	rule.deny == {{"subject": "Role development/viewer", "found": "this one may create serviceaccounts/token"}} with input as examples.manifests_with("Role", "viewer", ["rules", 0], {"apiGroups": [""], "resources": ["serviceaccounts/token"], "verbs": ["create"]})
}
