# METADATA
# title: 'An autoscaled pool has bounds that can be kept'
# custom:
#   requirements: [NFR-008]
#   severity: medium
#   message: 'a pool is to stay within its bounds, but {found}'
#   solution: 'Set `min` to 1 at least and not above `max` in the autoscaler of the pool.'
package plan.pool_bounds

import data.lib.plan

pools := plan.resources("linode_lke_node_pool")

subjects := plan.addresses(pools)

deny contains plan.denial(pool, sprintf("its autoscaler goes from %d to %d", [bounds.min, bounds.max])) if {
	some pool in pools
	some bounds in plan.value(pool, ["autoscaler"], [])
	not fits(bounds)
}

fits(bounds) if {
	bounds.min >= 1
	bounds.min <= bounds.max
}

deny contains denial if some denial in plan.undecided_in(pools, ["autoscaler"], ["min", "max"])
