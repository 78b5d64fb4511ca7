package plan.one_region_test

import data.lib.examples
import data.plan.one_region as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"module.audit_bucket.linode_object_storage_bucket.this", "module.cluster.linode_lke_cluster.this", "module.database.linode_database_postgresql_v2.this", "module.secrets_bucket.linode_object_storage_bucket.this", "module.state_bucket.linode_object_storage_bucket.this"} with input as data.lib.examples.plan
	rule.deny == set() with input as data.lib.examples.plan
}

test_elsewhere if {
	rule.deny == {{"subject": "module.secrets_bucket.linode_object_storage_bucket.this", "found": "it is in de-fra-2 and not in us-east"}} with input as examples.plan_with("module.secrets_bucket.linode_object_storage_bucket.this", ["region"], "de-fra-2")
}

test_a_region_not_known if {
	rule.deny == {{"subject": "module.cluster.linode_lke_cluster.this", "found": "it is not known before the apply"}} with input as examples.plan_unknown("module.cluster.linode_lke_cluster.this", ["region"])
}
