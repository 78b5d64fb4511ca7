package plan.database_tls_test

import data.lib.examples
import data.plan.database_tls as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"module.database.linode_database_postgresql_v2.this"} with input as data.lib.examples.plan
	rule.deny == set() with input as data.lib.examples.plan
	rule.unknown == {{"subject": "module.database.linode_database_postgresql_v2.this", "depends_on": "ssl_connection"}} with input as data.lib.examples.plan
}

test_plaintext if {
	rule.deny == {{"subject": "module.database.linode_database_postgresql_v2.this", "found": "it takes them"}} with input as examples.plan_known("module.database.linode_database_postgresql_v2.this", "ssl_connection", false)
	rule.unknown == set() with input as examples.plan_known("module.database.linode_database_postgresql_v2.this", "ssl_connection", false)
}
