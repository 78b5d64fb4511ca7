# METADATA
# title: 'The data store answers the platform''s networks only'
# custom:
#   requirements: [FR-006]
#   severity: high
#   message: 'the data store is to answer the platform''s private networks only, but {found}'
#   solution: 'Name private networks, or single addresses, in `database.allowList` of the platform file.'
#   discharged_by: datastore/strangers-refused
package plan.database_allow_list

import data.lib.plan

databases := plan.resources("linode_database_postgresql_v2")

subjects := plan.addresses(databases)

deny contains plan.denial(database, sprintf("its allow list has %s", [network])) if {
	some database in databases
	some network in plan.wider_than(plan.value(database, ["allow_list"], ["0.0.0.0/0"]), 8)
	not plan.undetermined(database, ["allow_list"])
}

deny contains plan.denial(database, sprintf("its allow list has %s", [network])) if {
	some database in databases
	some network in plan.value(database, ["allow_list"], [])
	network in plan.everywhere
}

unknown contains plan.open_to(database, ["allow_list"]) if {
	some database in databases
	plan.undetermined(database, ["allow_list"])
}
