# METADATA
# title: 'The API server answers named networks only'
# custom:
#   requirements: [FR-009, FR-003]
#   severity: high
#   message: 'the API server is to answer named networks only, but {found}'
#   solution: 'Name the networks of those who operate the platform in `controlPlane.allowedAddresses` of the platform file, each of 256 addresses at most.'
package plan.control_plane_closed

import data.lib.plan

clusters := plan.resources("linode_lke_cluster")

list := ["control_plane", 0, "acl", 0]

subjects := plan.addresses(clusters)

deny contains plan.denial(cluster, "its access list is off") if {
	some cluster in clusters
	not plan.undetermined(cluster, list)
	plan.value(cluster, array.concat(list, ["enabled"]), false) != true
}

deny contains plan.denial(cluster, sprintf("its access list lets in %s", [concat(", ", sort(open))])) if {
	some cluster in clusters
	addresses := array.concat(list, ["addresses", 0])
	open := array.concat(
		plan.wider_than(plan.value(cluster, array.concat(addresses, ["ipv4"]), []), 24),
		plan.wider_than(plan.value(cluster, array.concat(addresses, ["ipv6"]), []), 56),
	)
	count(open) > 0
}

# No live case would look at it again.
deny contains plan.denial(cluster, plan.not_known) if {
	some cluster in clusters
	plan.undetermined(cluster, list)
}
