package pipeline.releases_guardrails_first_test

import data.lib.examples
import data.pipeline.releases_guardrails_first as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"releases.yaml"} with input as data.lib.examples.pipeline
	rule.deny == set() with input as data.lib.examples.pipeline
}

test_another_beside if {
	rule.deny == {{"subject": "releases.yaml", "found": "the first stage has ingress"}} with input as examples.pipeline_with("releases", "releases.yaml", ["stages", 0, "releases", 1], {"name": "ingress", "chart": "ingress"})
}

test_none if {
	rule.deny == {{"subject": "releases.yaml", "found": "there are none"}} with input as json.patch(data.lib.examples.pipeline, [{"op": "replace", "path": "releases/0/content/stages/0/releases", "value": []}])
}
