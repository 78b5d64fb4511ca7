package pipeline.platform_environments_test

import data.lib.examples
import data.pipeline.platform_environments as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"platform.yaml environments"} with input as data.lib.examples.pipeline
	rule.deny == set() with input as data.lib.examples.pipeline
}

test_missing if {
	rule.deny == {{"subject": "platform.yaml environments", "found": "staging is not there"}} with input as examples.pipeline_without("platforms", "platform.yaml", ["environments", "staging"])
}

test_privileged if {
	rule.deny == {{"subject": "platform.yaml environments", "found": "the pods of staging are privileged"}} with input as examples.pipeline_with("platforms", "platform.yaml", ["environments", "staging", "podSecurity"], "privileged")
}

test_no_quota if {
	rule.deny == {{"subject": "platform.yaml environments", "found": "staging has no quota"}} with input as examples.pipeline_without("platforms", "platform.yaml", ["environments", "staging", "quota"])
}
