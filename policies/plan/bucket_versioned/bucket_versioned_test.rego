package plan.bucket_versioned_test

import data.lib.examples
import data.plan.bucket_versioned as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"module.audit_bucket.linode_object_storage_bucket.this", "module.state_bucket.linode_object_storage_bucket.this", "module.secrets_bucket.linode_object_storage_bucket.this"} with input as data.lib.examples.plan
	rule.deny == set() with input as data.lib.examples.plan
}

test_off if {
	rule.deny == {{"subject": "module.state_bucket.linode_object_storage_bucket.this", "found": "this one is not versioned"}} with input as examples.plan_with("module.state_bucket.linode_object_storage_bucket.this", ["versioning"], false)
}

test_not_known if {
	rule.deny == {{"subject": "module.state_bucket.linode_object_storage_bucket.this", "found": "it is not known before the apply"}} with input as examples.plan_without("module.state_bucket.linode_object_storage_bucket.this", ["versioning"])
}
