package pipeline.releases_every_environment_test

import data.lib.examples
import data.pipeline.releases_every_environment as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"releases.yaml"} with input as data.lib.examples.pipeline
	rule.deny == set() with input as data.lib.examples.pipeline
}

test_missing if {
	rule.deny == {{"subject": "releases.yaml", "found": "system is not"}} with input as examples.pipeline_without("releases", "releases.yaml", ["stages", 1, "releases", 3])
}

test_too_early if {
	rule.deny == {{"subject": "releases.yaml", "found": "early comes no later than its environment staging"}} with input as examples.pipeline_with("releases", "releases.yaml", ["stages", 1, "releases", "-"], {"name": "early", "chart": "sample-service", "environment": "staging"})
}
