package pipeline.platform_versions_named_test

import data.lib.examples
import data.pipeline.platform_versions_named as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"platform.yaml"} with input as data.lib.examples.pipeline
	rule.deny == set() with input as data.lib.examples.pipeline
}

test_latest if {
	rule.deny == {{"subject": "platform.yaml", "found": "kubernetesVersion is latest"}} with input as examples.pipeline_with("platforms", "platform.yaml", ["kubernetesVersion"], "latest")
}

test_any_engine if {
	rule.deny == {{"subject": "platform.yaml", "found": "database.engine is postgresql"}} with input as examples.pipeline_with("platforms", "platform.yaml", ["database", "engine"], "postgresql")
}
