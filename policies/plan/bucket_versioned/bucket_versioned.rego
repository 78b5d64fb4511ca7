# METADATA
# title: 'Every bucket keeps old versions'
# custom:
#   requirements: [NFR-009, FR-010]
#   severity: high
#   message: 'what is overwritten or deleted in a bucket is to be recoverable, but {found}'
#   solution: 'Set `versioning = true` in terraform/modules/bucket.'
#   discharged_by: pipeline/state-versions
package plan.bucket_versioned

import data.lib.plan

buckets := plan.resources("linode_object_storage_bucket")

subjects := plan.addresses(buckets)

deny contains plan.denial(bucket, "this one is not versioned") if {
	some bucket in buckets
	not plan.undetermined(bucket, ["versioning"])
	plan.value(bucket, ["versioning"], false) != true
}

unknown contains plan.open_to(bucket, ["versioning"]) if {
	some bucket in buckets
	plan.undetermined(bucket, ["versioning"])
}
