package plan.kept_resources_test

import data.lib.examples
import data.plan.kept_resources as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"module.audit_bucket.linode_object_storage_bucket.this", "module.cluster.linode_lke_cluster.this", "module.database.linode_database_postgresql_v2.this", "module.secrets_bucket.linode_object_storage_bucket.this", "module.state_bucket.linode_object_storage_bucket.this"} with input as data.lib.examples.plan
	rule.deny == set() with input as data.lib.examples.plan
}

test_cluster_replaced if {
	rule.deny == {{"subject": "module.cluster.linode_lke_cluster.this", "found": "this plan destroys it"}} with input as examples.plan_that("module.cluster.linode_lke_cluster.this", ["delete", "create"])
}

test_bucket_deleted if {
	rule.deny == {{"subject": "module.state_bucket.linode_object_storage_bucket.this", "found": "this plan destroys it"}} with input as examples.plan_that("module.state_bucket.linode_object_storage_bucket.this", ["delete"])
}

test_half_made_cluster if {
	rule.deny == set() with input as json.patch(examples.plan_that("module.cluster.linode_lke_cluster.this", ["delete", "create"]), [{"op": "add", "path": ["resource_changes", examples.resource_at("module.cluster.linode_lke_cluster.this"), "action_reason"], "value": "replace_because_tainted"}])
}
