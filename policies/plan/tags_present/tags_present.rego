# METADATA
# title: 'What can be tagged carries the platform''s tags'
# custom:
#   requirements: [FR-007]
#   severity: low
#   message: 'a resource is to say whose it is by the tags plumbline and platform:NAME, but {found}'
#   solution: 'Pass `local.tags` to the resource.'
package plan.tags_present

import data.lib.plan

owned := array.concat(plan.resources("linode_lke_cluster"), plan.resources("linode_firewall"))

wanted := {"plumbline", sprintf("platform:%s", [object.get(input, ["variables", "name", "value"], "NAME")])}

subjects := plan.addresses(owned)

deny contains plan.denial(resource, sprintf("it lacks %s", [concat(", ", sort(missing))])) if {
	some resource in owned
	missing := wanted - {tag | some tag in plan.value(resource, ["tags"], [])}
	count(missing) > 0
}
