package plan.four_environments_test

import data.lib.examples
import data.plan.four_environments as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"output.environments"} with input as data.lib.examples.plan
	rule.deny == set() with input as data.lib.examples.plan
}

test_a_fifth if {
	rule.deny == {{"subject": "output.environments", "found": "there are demo, development, production, staging, system"}} with input as examples.plan_output(["environments", "after", "demo"], {})
}

test_not_told if {
	rule.deny == {{"subject": "output.environments", "found": "the plan tells none"}} with input as {"resource_changes": []}
}
