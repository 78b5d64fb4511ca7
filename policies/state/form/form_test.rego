package state.form_test

import data.state.form as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"state"} with input as data.lib.examples.state
	rule.deny == set() with input as data.lib.examples.state
}

test_another_version if {
	rule.deny == {{"subject": "state", "found": "its version is 3"}} with input as json.patch(data.lib.examples.state, [{"op": "add", "path": ["version"], "value": 3}])
}

test_no_lineage if {
	rule.deny == {{"subject": "state", "found": "its lineage is \"\""}} with input as json.remove(data.lib.examples.state, ["lineage"])
}

test_no_serial if {
	rule.deny == {{"subject": "state", "found": "its serial is not said"}} with input as json.remove(data.lib.examples.state, ["serial"])
}

test_serial_of_none if {
	rule.deny == {{"subject": "state", "found": "its serial is 0"}} with input as json.patch(data.lib.examples.state, [{"op": "add", "path": ["serial"], "value": 0}])
}
