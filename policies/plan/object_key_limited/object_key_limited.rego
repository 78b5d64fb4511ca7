# METADATA
# title: 'Every object storage key is limited to named buckets'
# custom:
#   requirements: [NFR-002]
#   severity: high
#   message: 'a key is to reach the buckets that its holder needs, but {found}'
#   solution: 'Name the buckets in `bucket_access` of the key.'
package plan.object_key_limited

import data.lib.plan

keys := plan.resources("linode_object_storage_key")

subjects := plan.addresses(keys)

deny contains plan.denial(key, "this one reaches every bucket of the account") if {
	some key in keys
	not plan.undetermined(key, ["bucket_access"])
	count(plan.value(key, ["bucket_access"], [])) == 0
}

# No live case would look at it again.
deny contains plan.denial(key, plan.not_known) if {
	some key in keys
	plan.undetermined(key, ["bucket_access"])
}
