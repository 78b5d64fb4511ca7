# METADATA
# title: 'An enterprise control plane has replicas'
# custom:
#   requirements: [NFR-001]
#   severity: high
#   message: 'an enterprise control plane is to be highly available, but {found}'
#   solution: 'Set `controlPlane.highAvailability: true` in the platform file.'
package plan.control_plane_replicated

import data.lib.plan

clusters := [cluster |
	some cluster in plan.resources("linode_lke_cluster")
	plan.value(cluster, ["tier"], "standard") == "enterprise"
]

subjects := plan.addresses(clusters)

deny contains plan.denial(cluster, "this one has one replica") if {
	some cluster in clusters
	plan.value(cluster, ["control_plane", 0, "high_availability"], false) != true
}
