package plan.bucket_private_test

import data.lib.examples
import data.plan.bucket_private as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"module.audit_bucket.linode_object_storage_bucket.this", "module.state_bucket.linode_object_storage_bucket.this", "module.secrets_bucket.linode_object_storage_bucket.this"} with input as data.lib.examples.plan
	rule.deny == set() with input as data.lib.examples.plan
}

test_public if {
	rule.deny == {{"subject": "module.secrets_bucket.linode_object_storage_bucket.this", "found": "its access is public-read"}} with input as examples.plan_with("module.secrets_bucket.linode_object_storage_bucket.this", ["acl"], "public-read")
}

test_unset if {
	rule.deny == {{"subject": "module.secrets_bucket.linode_object_storage_bucket.this", "found": "its access is unset"}} with input as examples.plan_with("module.secrets_bucket.linode_object_storage_bucket.this", ["acl"], null)
}
