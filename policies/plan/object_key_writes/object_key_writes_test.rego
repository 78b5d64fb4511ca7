package plan.object_key_writes_test

import data.lib.examples
import data.plan.object_key_writes as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"module.audit_reader_key.linode_object_storage_key.this", "module.audit_writer_key.linode_object_storage_key.this", "module.verifier_key.linode_object_storage_key.this"} with input as data.lib.examples.plan
	rule.deny == set() with input as data.lib.examples.plan
}

test_writes_state if {
	rule.deny == {{"subject": "module.verifier_key.linode_object_storage_key.this", "found": "this key writes to plumbline-state"}} with input as examples.plan_with("module.verifier_key.linode_object_storage_key.this", ["bucket_access"], [{"bucket_name": "plumbline-state", "permissions": "read_write", "region": "us-east"}])
}

test_a_bucket_not_known if {
	rule.deny == {{"subject": "module.audit_writer_key.linode_object_storage_key.this", "found": "it is not known before the apply"}} with input as examples.plan_unknown("module.audit_writer_key.linode_object_storage_key.this", ["bucket_access", 0, "bucket_name"])
}

test_no_bucket_known if {
	rule.deny == {{"subject": "module.audit_writer_key.linode_object_storage_key.this", "found": "it is not known before the apply"}} with input as examples.plan_unknown("module.audit_writer_key.linode_object_storage_key.this", ["bucket_access"])
}
