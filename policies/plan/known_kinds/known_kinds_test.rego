package plan.known_kinds_test

import data.lib.examples
import data.plan.known_kinds as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {resource.address | some resource in data.lib.examples.plan.resource_changes} with input as data.lib.examples.plan
	rule.deny == set() with input as data.lib.examples.plan
}

test_a_machine if {
	rule.deny == {{"subject": "linode_instance.bastion", "found": "linode_instance is none"}} with input as examples.plan_and({"address": "linode_instance.bastion", "mode": "managed", "type": "linode_instance", "change": {"actions": ["create"], "after": {"label": "bastion"}, "after_unknown": {}}})
}
