# METADATA
# title: 'No bucket is open to strangers'
# custom:
#   requirements: [NFR-002]
#   severity: high
#   message: 'a bucket is to be read with a key only, but {found}'
#   solution: 'Set `acl = "private"` in terraform/modules/bucket.'
package plan.bucket_private

import data.lib.plan

buckets := plan.resources("linode_object_storage_bucket")

subjects := plan.addresses(buckets)

deny contains plan.denial(bucket, sprintf("its access is %s", [access])) if {
	some bucket in buckets
	access := plan.value(bucket, ["acl"], "unset")
	access != "private"
}
