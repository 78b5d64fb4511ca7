# METADATA
# title: 'Nothing is destroyed that cannot be made again'
# custom:
#   requirements: [FR-007, NFR-009]
#   severity: critical
#   message: 'buckets, the data store and the cluster are to stay, but {found}'
#   solution: 'Undo the change that forces it. To take an installation down, `terraform state rm` what is to be kept, by the runbook.'
package plan.kept_resources

import data.lib.plan

kept := {"linode_object_storage_bucket", "linode_database_postgresql_v2", "linode_lke_cluster"}

found := [resource |
	some resource in input.resource_changes
	resource.mode == "managed"
	resource.type in kept
]

subjects := plan.addresses(found)

# What never became whole holds nothing yet: the next apply replaces it.
deny contains plan.denial(resource, "this plan destroys it") if {
	some resource in found
	"delete" in resource.change.actions
	object.get(resource, "action_reason", "") != "replace_because_tainted"
}
