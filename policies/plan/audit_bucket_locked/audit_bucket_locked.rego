# METADATA
# title: 'Nobody deletes audit records before their time'
# custom:
#   requirements: [FR-010]
#   severity: high
#   message: 'audit records are to stay for 90 days, but {found}'
#   solution: 'Take the lifecycle rule off, or let it wait for 90 days. The lock itself is set by the pipeline when it makes the bucket: no plan shows it.'
#   discharged_by: audit/retention
package plan.audit_bucket_locked

import data.lib.plan

buckets := [bucket |
	some bucket in plan.resources("linode_object_storage_bucket")
	bucket.change.after.label == plan.output_value("audit", ["bucket"])
]

subjects := plan.addresses(buckets)

deny contains plan.denial(bucket, sprintf("a lifecycle rule ends them after %d", [days])) if {
	some bucket in buckets
	some rule in plan.value(bucket, ["lifecycle_rule"], [])
	some kind in ["expiration", "noncurrent_version_expiration"]
	some end in object.get(rule, kind, [])
	days := object.get(end, "days", 0)
	days < 90
}

# A lifecycle rule that is not known may end records early.
deny contains denial if some denial in plan.undecided(buckets, ["lifecycle_rule"])

# Object Lock exists in the S3 API alone.
unknown contains plan.open_to(bucket, ["object_lock"]) if some bucket in buckets
