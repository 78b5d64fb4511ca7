package plan.token_scopes_test

import data.lib.examples
import data.plan.token_scopes as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"module.access_token[\"verifier\"].linode_token.this", "module.access_token[\"operator\"].linode_token.this"} with input as data.lib.examples.plan
	rule.deny == set() with input as data.lib.examples.plan
}

test_everything if {
	rule.deny == {{"subject": "module.access_token[\"verifier\"].linode_token.this", "found": "this one has *"}} with input as examples.plan_with("module.access_token[\"verifier\"].linode_token.this", ["scopes"], "*")
}

test_kubeconfigs if {
	rule.deny == {{"subject": "module.access_token[\"verifier\"].linode_token.this", "found": "this one has lke:read_only"}} with input as examples.plan_with("module.access_token[\"verifier\"].linode_token.this", ["scopes"], "events:read_only lke:read_only")
}

test_not_known if {
	rule.deny == {{"subject": "module.access_token[\"verifier\"].linode_token.this", "found": "it is not known before the apply"}} with input as examples.plan_without("module.access_token[\"verifier\"].linode_token.this", ["scopes"])
}
