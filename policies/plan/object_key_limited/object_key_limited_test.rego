package plan.object_key_limited_test

import data.lib.examples
import data.plan.object_key_limited as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"module.audit_reader_key.linode_object_storage_key.this", "module.audit_writer_key.linode_object_storage_key.this", "module.verifier_key.linode_object_storage_key.this"} with input as data.lib.examples.plan
	rule.deny == set() with input as data.lib.examples.plan
}

test_unlimited if {
	rule.deny == {{"subject": "module.verifier_key.linode_object_storage_key.this", "found": "this one reaches every bucket of the account"}} with input as examples.plan_with("module.verifier_key.linode_object_storage_key.this", ["bucket_access"], [])
}

test_not_known if {
	rule.deny == {{"subject": "module.verifier_key.linode_object_storage_key.this", "found": "it is not known before the apply"}} with input as examples.plan_without("module.verifier_key.linode_object_storage_key.this", ["bucket_access"])
}
