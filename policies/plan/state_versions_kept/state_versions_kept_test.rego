package plan.state_versions_kept_test

import data.lib.examples
import data.plan.state_versions_kept as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"output.state"} with input as data.lib.examples.plan
	rule.deny == set() with input as data.lib.examples.plan
}

test_twenty_nine if {
	rule.deny == {{"subject": "output.state", "found": "it is 29"}} with input as examples.plan_output(["state", "after", "keep_versions"], 29)
}

test_not_told if {
	rule.deny == {{"subject": "output.state", "found": "it is a number that the plan does not tell"}} with input as {"resource_changes": []}
}
