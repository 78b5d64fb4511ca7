# METADATA
# title: 'The plan has only kinds of resource that the policies judge'
# custom:
#   requirements: [FR-007, NFR-002]
#   severity: high
#   message: 'a plan is to have only kinds of resource that some policy judges, but {found}'
#   solution: 'Write the policies for the new kind first, then add it to this rule.'
package plan.known_kinds

import data.lib.plan

known := {
	"linode_database_postgresql_v2",
	"linode_firewall",
	"linode_lke_cluster",
	"linode_lke_node_pool",
	"linode_object_storage_bucket",
	"linode_object_storage_key",
	"linode_token",
}

managed := [resource | some resource in input.resource_changes; resource.mode == "managed"]

subjects := plan.addresses(managed)

deny contains plan.denial(resource, sprintf("%s is none", [resource.type])) if {
	some resource in managed
	not resource.type in known
}
