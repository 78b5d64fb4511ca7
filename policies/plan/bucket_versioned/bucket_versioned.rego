# METADATA
# title: 'Every bucket keeps old versions'
# custom:
#   requirements: [NFR-009, FR-010]
#   severity: high
#   message: 'what is overwritten or deleted in a bucket is to be recoverable, but {found}'
#   solution: 'Set `versioning = true` in terraform/modules/bucket.'
package plan.bucket_versioned

import data.lib.plan

buckets := plan.resources("linode_object_storage_bucket")

subjects := plan.addresses(buckets)

deny contains plan.denial(bucket, "this one is not versioned") if {
	some bucket in buckets
	not plan.undetermined(bucket, ["versioning"])
	plan.value(bucket, ["versioning"], false) != true
}

# No live case looks at every bucket again.
deny contains denial if some denial in plan.undecided(buckets, ["versioning"])
