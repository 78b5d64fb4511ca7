package plan.database_supported_test

import data.lib.examples
import data.plan.database_supported as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"module.database.linode_database_postgresql_v2.this"} with input as data.lib.examples.plan
	rule.deny == set() with input as data.lib.examples.plan
}

test_old if {
	rule.deny == {{"subject": "module.database.linode_database_postgresql_v2.this", "found": "it is postgresql/13"}} with input as examples.plan_with("module.database.linode_database_postgresql_v2.this", ["engine_id"], "postgresql/13")
}
