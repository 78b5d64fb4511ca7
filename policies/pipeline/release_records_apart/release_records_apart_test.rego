package pipeline.release_records_apart_test

import data.lib.examples
import data.pipeline.release_records_apart as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"releases.yaml"} with input as data.lib.examples.pipeline
	rule.deny == set() with input as data.lib.examples.pipeline
}

test_in_an_environment if {
	rule.deny == {{"subject": "releases.yaml", "found": "they lie in system"}} with input as examples.pipeline_with("releases", "releases.yaml", ["records"], "system")
}

test_not_said if {
	rule.deny == {{"subject": "releases.yaml", "found": "they lie in no named namespace"}} with input as examples.pipeline_without("releases", "releases.yaml", ["records"])
}
