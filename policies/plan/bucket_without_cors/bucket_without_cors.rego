# METADATA
# title: 'No bucket answers to web pages'
# custom:
#   requirements: [NFR-002]
#   severity: medium
#   message: 'a bucket of the platform is not to be read by web pages of others, but {found}'
#   solution: 'Set `cors_enabled = false` in terraform/modules/bucket.'
package plan.bucket_without_cors

import data.lib.plan

buckets := plan.resources("linode_object_storage_bucket")

subjects := plan.addresses(buckets)

# Linode's default is on.
deny contains plan.denial(bucket, "this one allows every origin") if {
	some bucket in buckets
	plan.value(bucket, ["cors_enabled"], true) != false
}
