# METADATA
# title: 'A cluster has three nodes at least'
# custom:
#   requirements: [NFR-008, US-001.3]
#   severity: medium
#   message: 'a node is to be replaceable while the others carry on, for which it takes 3 in all, but {found}'
#   solution: 'Raise `count` of a pool, or add a pool, in `pools` of the platform file.'
package plan.nodes_enough

import data.lib.plan

clusters := plan.resources("linode_lke_cluster")

subjects := plan.addresses(clusters)

inside := sum([object.get(pool, "count", 0) | some cluster in clusters; some pool in plan.value(cluster, ["pool"], [])])

beside := sum([plan.value(pool, ["node_count"], 0) | some pool in plan.resources("linode_lke_node_pool")])

deny contains plan.denial(cluster, sprintf("there are %d", [inside + beside])) if {
	some cluster in clusters
	inside + beside < 3
}
