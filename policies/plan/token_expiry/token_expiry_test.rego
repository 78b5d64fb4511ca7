package plan.token_expiry_test

import data.lib.examples
import data.plan.token_expiry as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"module.access_token[\"operator\"].linode_token.this"} with input as data.lib.examples.plan
	rule.deny == set() with input as data.lib.examples.plan
}

test_endless if {
	rule.deny == {{"subject": "module.access_token[\"operator\"].linode_token.this", "found": "this one has no end"}} with input as examples.plan_with("module.access_token[\"operator\"].linode_token.this", ["expiry"], null)
}

test_a_reader_may_stay if {
	rule.deny == set() with input as examples.plan_with("module.access_token[\"verifier\"].linode_token.this", ["expiry"], null)
}
