package main_test

import data.main

test_every_rule_of_plans_is_asked if {
	{name | some name, _ in main.plan} == {name | some name, _ in data.plan; not endswith(name, "_test")} with input as data.lib.examples.plan
	main.plan.database_tls.unknown == {{
		"subject": "module.database.linode_database_postgresql_v2.this",
		"depends_on": "ssl_connection",
	}} with input as data.lib.examples.plan
}

test_a_rule_that_is_never_unknown_says_so if {
	main.manifests.no_privilege.unknown == set() with input as data.lib.examples.manifests
}

# A rule that finds nothing to judge in a whole installation guards nothing.
test_every_rule_of_plans_finds_something_to_judge if {
	{name | some name, verdict in main.plan; count(verdict.subjects) == 0} == set() with input as data.lib.examples.plan
}

test_every_rule_of_manifests_finds_something_to_judge if {
	{name | some name, verdict in main.manifests; count(verdict.subjects) == 0} == set() with input as data.lib.examples.manifests
}

test_every_rule_of_the_pipeline_finds_something_to_judge if {
	{name | some name, verdict in main.pipeline; count(verdict.subjects) == 0} == set() with input as data.lib.examples.pipeline
}

test_every_rule_of_the_state_finds_something_to_judge if {
	{name | some name, verdict in main.state; count(verdict.subjects) == 0} == set() with input as data.lib.examples.state
}
