# METADATA
# title: 'The bucket of the state keeps old versions of it'
# custom:
#   requirements: [NFR-009]
#   severity: high
#   message: 'the state is to lie in a bucket with versions, of which 30 are kept, but {found}'
#   solution: 'Set `versioning = true` in terraform/modules/bucket and `state.keepVersions` to 30 or more in the platform file.'
package state.kept_versioned

import data.lib.state

subjects := {"output.state"}

buckets := [one |
	some one in state.instances({"linode_object_storage_bucket"})
	state.value(one, ["label"], "") == state.output_value("state", ["bucket"])
]

deny contains {"subject": "output.state", "found": "it names no bucket of this state"} if count(buckets) == 0

deny contains {"subject": "output.state", "found": sprintf("%s has none", [one.address])} if {
	some one in buckets
	state.value(one, ["versioning"], false) != true
}

deny contains {"subject": "output.state", "found": sprintf("%v are", [kept])} if {
	kept := object.get(input, ["outputs", "state", "value", "keep_versions"], 0)
	kept < 30
}
