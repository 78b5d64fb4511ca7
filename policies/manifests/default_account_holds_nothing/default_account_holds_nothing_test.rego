package manifests.default_account_holds_nothing_test

import data.lib.examples
import data.manifests.default_account_holds_nothing as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"ServiceAccount development/default"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_mounted if {
	rule.deny == {{"subject": "ServiceAccount development/default", "found": "this one does"}} with input as examples.manifests_without("ServiceAccount", "default", ["automountServiceAccountToken"])
}
