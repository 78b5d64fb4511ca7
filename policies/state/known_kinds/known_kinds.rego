# METADATA
# title: 'The state has only kinds of resource that the policies judge'
# custom:
#   requirements: [FR-007, NFR-002]
#   severity: high
#   message: 'the state is to have only kinds of resource of the provider linode/linode that some policy judges, but {found}'
#   solution: 'Write the policies for the new kind first, then add it to this rule and to plan/known_kinds.'
package state.known_kinds

import data.lib.state

known := {
	"linode_database_postgresql_v2",
	"linode_firewall",
	"linode_lke_cluster",
	"linode_lke_node_pool",
	"linode_object_storage_bucket",
	"linode_object_storage_key",
	"linode_token",
}

found := state.instances(state.managed)

subjects := state.addresses(found)

deny contains state.denial(one, sprintf("%s is none", [one.type])) if {
	some one in found
	not one.type in known
}

deny contains state.denial(one, sprintf("its provider is %s", [one.resource.provider])) if {
	some one in found
	not endswith(one.resource.provider, `provider["registry.terraform.io/linode/linode"]`)
}
