# METADATA
# title: 'Machines of a pool carry the platform''s agents beside services'
# custom:
#   requirements: [NFR-008]
#   severity: medium
#   message: 'a node is to have 4 GB of memory at least, but {found}'
#   solution: 'Choose a larger `type` in `pools` of the platform file, such as g6-standard-4.'
package plan.pool_machines_large_enough

import data.lib.plan

pools := plan.resources("linode_lke_node_pool")

subjects := plan.addresses(pools) | plan.addresses(plan.resources("linode_lke_cluster"))

small := {"g6-nanode-1", "g6-standard-1", "g6-dedicated-1"}

deny contains plan.denial(pool, sprintf("its machines are of type %s", [pool.change.after.type])) if {
	some pool in pools
	pool.change.after.type in small
}

deny contains plan.denial(cluster, sprintf("its machines are of type %s", [pool.type])) if {
	some cluster in plan.resources("linode_lke_cluster")
	some pool in cluster.change.after.pool
	pool.type in small
}

deny contains denial if some denial in plan.undecided(pools, ["type"])

deny contains denial if some denial in plan.undecided_in(plan.resources("linode_lke_cluster"), ["pool"], ["type"])
