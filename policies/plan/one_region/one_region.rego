# METADATA
# title: 'Everything is in the region of the platform file'
# custom:
#   requirements: [FR-007]
#   severity: medium
#   message: 'everything is to be in the region that the platform file names, but {found}'
#   solution: 'Take the region from `var.region` and from nowhere else.'
package plan.one_region

import data.lib.plan

regional := [resource |
	some resource in input.resource_changes
	resource.mode == "managed"
	object.get(object.union(object.get(resource.change, "after_unknown", {}), resource.change.after), "region", null) != null
]

home := object.get(input, ["variables", "region", "value"], "the one that the plan does not tell")

subjects := plan.addresses(regional)

deny contains plan.denial(resource, sprintf("it is in %s and not in %s", [resource.change.after.region, home])) if {
	some resource in regional
	resource.change.after.region != home
}

deny contains denial if some denial in plan.undecided(regional, ["region"])
