# METADATA
# title: 'An enterprise control plane keeps an audit log'
# custom:
#   requirements: [FR-010, US-003.4]
#   severity: high
#   message: 'what is asked of the API server is to be recorded, but {found}'
#   solution: 'Set `controlPlane.auditLogs: true` in the platform file; `standard` clusters have no such log.'
package plan.control_plane_audited

import data.lib.plan

clusters := [cluster |
	some cluster in plan.resources("linode_lke_cluster")
	plan.value(cluster, ["tier"], "standard") == "enterprise"
]

subjects := plan.addresses(clusters)

deny contains plan.denial(cluster, "the audit log is off") if {
	some cluster in clusters
	plan.value(cluster, ["control_plane", 0, "audit_logs_enabled"], false) != true
}
