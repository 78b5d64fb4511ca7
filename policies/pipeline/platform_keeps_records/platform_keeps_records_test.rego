package pipeline.platform_keeps_records_test

import data.lib.examples
import data.pipeline.platform_keeps_records as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"platform.yaml"} with input as data.lib.examples.pipeline
	rule.deny == set() with input as data.lib.examples.pipeline
}

test_a_day_less if {
	rule.deny == {{"subject": "platform.yaml", "found": "audit.retentionDays is 89"}} with input as examples.pipeline_with("platforms", "platform.yaml", ["audit", "retentionDays"], 89)
}

test_not_said if {
	rule.deny == {{"subject": "platform.yaml", "found": "state.keepVersions is not said"}} with input as examples.pipeline_without("platforms", "platform.yaml", ["state", "keepVersions"])
}
