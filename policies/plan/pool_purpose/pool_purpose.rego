# METADATA
# title: 'Every pool says what it is for'
# custom:
#   requirements: [FR-001]
#   severity: medium
#   message: 'nodes are to carry the label plumbline.dev/purpose, by which pods of an environment are bound to them, but {found}'
#   solution: 'Give the pool a `purpose` in `pools` of the platform file.'
package plan.pool_purpose

import data.lib.plan

pools := plan.resources("linode_lke_node_pool")

clusters := plan.resources("linode_lke_cluster")

purpose := "plumbline.dev/purpose"

subjects := plan.addresses(pools) | plan.addresses(clusters)

deny contains plan.denial(pool, "this pool has none") if {
	some pool in pools
	not plan.undetermined(pool, ["labels"])
	plan.value(pool, ["labels", purpose], "") == ""
}

deny contains plan.denial(cluster, "its first pool has none") if {
	some cluster in clusters
	some pool in cluster.change.after.pool
	object.get(pool, ["labels", purpose], "") == ""
}

deny contains denial if some denial in plan.undecided(pools, ["labels"])

deny contains denial if some denial in plan.undecided_in(clusters, ["pool"], ["labels"])
