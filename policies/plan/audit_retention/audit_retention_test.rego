package plan.audit_retention_test

import data.lib.examples
import data.plan.audit_retention as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"output.audit"} with input as data.lib.examples.plan
	rule.deny == set() with input as data.lib.examples.plan
}

test_eighty_nine if {
	rule.deny == {{"subject": "output.audit", "found": "they are kept for 89"}} with input as examples.plan_output(["audit", "after", "retention_days"], 89)
}

test_not_told if {
	rule.deny == {{"subject": "output.audit", "found": "they are kept for a number that the plan does not tell"}} with input as {"resource_changes": []}
}
