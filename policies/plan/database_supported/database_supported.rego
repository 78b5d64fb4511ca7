# METADATA
# title: 'The data store''s engine is still mended by its makers'
# custom:
#   requirements: [FR-006]
#   severity: medium
#   message: 'the engine is to be PostgreSQL 14 or newer, but {found}'
#   solution: 'Set `database.engine` to a supported version in the platform file, and follow its upgrade.'
package plan.database_supported

import data.lib.plan

databases := plan.resources("linode_database_postgresql_v2")

subjects := plan.addresses(databases)

deny contains plan.denial(database, sprintf("it is %s", [engine])) if {
	some database in databases
	engine := plan.value(database, ["engine_id"], "postgresql/0")
	to_number(split(engine, "/")[1]) < 14
}
