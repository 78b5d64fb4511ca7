# METADATA
# title: 'No key that is handed out writes state or secrets'
# custom:
#   requirements: [NFR-002]
#   severity: high
#   message: 'state and secrets are written by the pipeline alone, but {found}'
#   solution: 'Set `permissions = "read_only"` for that bucket.'
package plan.object_key_writes

import data.lib.plan

keys := plan.resources("linode_object_storage_key")

kept := {plan.output_value(name, ["bucket"]) | some name in ["state", "secrets"]}

subjects := plan.addresses(keys)

deny contains plan.denial(key, sprintf("this key writes to %s", [access.bucket_name])) if {
	some key in keys
	some access in plan.value(key, ["bucket_access"], [])
	access.bucket_name in kept
	access.permissions != "read_only"
}

deny contains denial if some denial in plan.undecided_in(keys, ["bucket_access"], ["bucket_name", "permissions"])
