# METADATA
# title: 'The data store takes TLS only'
# custom:
#   requirements: [FR-006]
#   severity: high
#   message: 'the data store is to refuse connections without TLS, but {found}'
#   solution: 'Make the database anew or ask Linode''s support: there is no switch for it.'
#   discharged_by: datastore/tls-demanded
package plan.database_tls

import data.lib.plan

databases := plan.resources("linode_database_postgresql_v2")

subjects := plan.addresses(databases)

deny contains plan.denial(database, "it takes them") if {
	some database in databases
	not plan.undetermined(database, ["ssl_connection"])
	plan.value(database, ["ssl_connection"], false) != true
}

unknown contains plan.open_to(database, ["ssl_connection"]) if {
	some database in databases
	plan.undetermined(database, ["ssl_connection"])
}
