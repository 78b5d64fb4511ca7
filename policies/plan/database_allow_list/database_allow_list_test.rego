package plan.database_allow_list_test

import data.lib.examples
import data.plan.database_allow_list as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"module.database.linode_database_postgresql_v2.this"} with input as data.lib.examples.plan
	rule.deny == set() with input as data.lib.examples.plan
	rule.unknown == set() with input as data.lib.examples.plan
}

test_everybody if {
	rule.deny == {{"subject": "module.database.linode_database_postgresql_v2.this", "found": "its allow list has 0.0.0.0/0"}} with input as examples.plan_with("module.database.linode_database_postgresql_v2.this", ["allow_list"], ["0.0.0.0/0"])
}

test_half_the_world if {
	rule.deny == {{"subject": "module.database.linode_database_postgresql_v2.this", "found": "its allow list has 128.0.0.0/1"}} with input as examples.plan_with("module.database.linode_database_postgresql_v2.this", ["allow_list"], ["10.0.0.0/8", "128.0.0.0/1"])
}

test_not_known if {
	rule.deny == set() with input as examples.plan_without("module.database.linode_database_postgresql_v2.this", ["allow_list", 0])
	rule.unknown == {{"subject": "module.database.linode_database_postgresql_v2.this", "depends_on": "allow_list"}} with input as examples.plan_without("module.database.linode_database_postgresql_v2.this", ["allow_list", 0])
}
