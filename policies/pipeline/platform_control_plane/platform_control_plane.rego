# METADATA
# title: 'The platform file has a replicated, audited, closed control plane'
# custom:
#   requirements: [NFR-001, FR-010, FR-009]
#   severity: high
#   message: 'the control plane is to have replicas, an audit log on the enterprise tier, and named clients, but {found}'
#   solution: 'Set `controlPlane.highAvailability: true` and, with `tier: enterprise`, `controlPlane.auditLogs: true`, and name networks in `controlPlane.allowedAddresses`.'
package pipeline.platform_control_plane

import data.lib.pipeline

subject(platform) := pipeline.place(platform.file, ["controlPlane"])

subjects := {subject(platform) | some platform in pipeline.platforms}

deny contains {"subject": subject(platform), "found": "it has no replicas"} if {
	some platform in pipeline.platforms
	object.get(platform.content, ["controlPlane", "highAvailability"], false) != true
}

deny contains {"subject": subject(platform), "found": "it keeps no audit log"} if {
	some platform in pipeline.platforms
	object.get(platform.content, "tier", "") == "enterprise"
	object.get(platform.content, ["controlPlane", "auditLogs"], false) != true
}

deny contains {"subject": subject(platform), "found": sprintf("everybody may reach it (%s)", [network])} if {
	some platform in pipeline.platforms
	some networks in object.get(platform.content, ["controlPlane", "allowedAddresses"], {"ipv4": ["0.0.0.0/0"]})
	some network in networks
	endswith(network, "/0")
}
