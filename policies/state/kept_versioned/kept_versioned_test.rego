package state.kept_versioned_test

import data.lib.examples
import data.state.kept_versioned as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"output.state"} with input as data.lib.examples.state
	rule.deny == set() with input as data.lib.examples.state
}

test_elsewhere if {
	rule.deny == {{"subject": "output.state", "found": "it names no bucket of this state"}} with input as json.patch(data.lib.examples.state, [{"op": "add", "path": ["outputs", "state", "value", "bucket"], "value": "another"}])
}

test_not_versioned if {
	rule.deny == {{"subject": "output.state", "found": "module.state_bucket.linode_object_storage_bucket.this has none"}} with input as json.patch(data.lib.examples.state, [{"op": "add", "path": ["resources", examples.state_at("module.state_bucket"), "instances", 0, "attributes", "versioning"], "value": false}])
}

test_twenty_nine if {
	rule.deny == {{"subject": "output.state", "found": "29 are"}} with input as json.patch(data.lib.examples.state, [{"op": "add", "path": ["outputs", "state", "value", "keep_versions"], "value": 29}])
}
