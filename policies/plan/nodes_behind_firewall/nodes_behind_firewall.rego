# METADATA
# title: 'Every pool of an enterprise cluster names a firewall'
# custom:
#   requirements: [FR-009]
#   severity: high
#   message: 'the nodes of a pool are to have the platform''s firewall from their first second, but {found}'
#   solution: 'Pass `firewall_id` to the pool; on `standard` clusters the firewall names the machines instead.'
#   discharged_by: isolation/node-firewall
package plan.nodes_behind_firewall

import data.lib.plan

enterprise if {
	some cluster in plan.resources("linode_lke_cluster")
	plan.value(cluster, ["tier"], "standard") == "enterprise"
}

pools := [pool | some pool in plan.resources("linode_lke_node_pool"); enterprise]

subjects := plan.addresses(pools)

deny contains plan.denial(pool, "this pool names none") if {
	some pool in pools
	not plan.undetermined(pool, ["firewall_id"])
	plan.value(pool, ["firewall_id"], 0) == 0
}

unknown contains plan.open_to(pool, ["firewall_id"]) if {
	some pool in pools
	plan.undetermined(pool, ["firewall_id"])
}
