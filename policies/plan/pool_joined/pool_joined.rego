# METADATA
# title: 'Every pool of its own is told to the cluster by its tag'
# custom:
#   requirements: [FR-010]
#   severity: medium
#   message: 'a pool that is a resource of its own is to carry the tag that its cluster leaves alone, or the next apply removes it, but {found}'
#   solution: 'Put the cluster''s `external_pool_tags` on the pool.'
package plan.pool_joined

import data.lib.plan

pools := plan.resources("linode_lke_node_pool")

left_alone := {tag | some cluster in plan.resources("linode_lke_cluster"); some tag in plan.value(cluster, ["external_pool_tags"], [])}

subjects := plan.addresses(pools)

deny contains plan.denial(pool, sprintf("its tags are: %s", [concat(", ", sort(tags))])) if {
	some pool in pools
	not plan.undetermined(pool, ["tags"])
	tags := {tag | some tag in plan.value(pool, ["tags"], [])}
	count(tags & left_alone) == 0
}

deny contains denial if some denial in plan.undecided(pools, ["tags"])
