package plan.audit_bucket_locked_test

import data.lib.examples
import data.plan.audit_bucket_locked as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"module.audit_bucket.linode_object_storage_bucket.this"} with input as data.lib.examples.plan
	rule.deny == set() with input as data.lib.examples.plan
	rule.unknown == {{"subject": "module.audit_bucket.linode_object_storage_bucket.this", "depends_on": "object_lock"}} with input as data.lib.examples.plan
}

test_lifecycle_of_30_days if {
	rule.deny == {{"subject": "module.audit_bucket.linode_object_storage_bucket.this", "found": "a lifecycle rule ends them after 30"}} with input as examples.plan_with("module.audit_bucket.linode_object_storage_bucket.this", ["lifecycle_rule"], [{"expiration": [{"days": 30}], "noncurrent_version_expiration": [{"days": 91}]}])
}

test_an_end_not_known if {
	rule.deny == {{"subject": "module.audit_bucket.linode_object_storage_bucket.this", "found": "it is not known before the apply"}} with input as examples.plan_unknown("module.audit_bucket.linode_object_storage_bucket.this", ["lifecycle_rule"])
}
