package manifests.quota_set_test

import data.lib.examples
import data.manifests.quota_set as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"Namespace development"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_no_quota if {
	rule.deny == {{"subject": "Namespace development", "found": "this one has no ResourceQuota"}} with input as examples.manifests_with("ResourceQuota", "environment", ["kind"], "ConfigMap")
}
