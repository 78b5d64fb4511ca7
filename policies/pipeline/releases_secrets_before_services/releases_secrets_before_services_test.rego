package pipeline.releases_secrets_before_services_test

import data.lib.examples
import data.pipeline.releases_secrets_before_services as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"releases.yaml"} with input as data.lib.examples.pipeline
	rule.deny == set() with input as data.lib.examples.pipeline
}

test_none if {
	rule.deny == {{"subject": "releases.yaml", "found": "no stage delivers them"}} with input as examples.pipeline_without("releases", "releases.yaml", ["stages", 2, "afterwards"])
}

test_too_early if {
	rule.deny == {{"subject": "releases.yaml", "found": "ingress is installed in or before the stage that delivers them"}} with input as examples.pipeline_with("releases", "releases.yaml", ["stages", 2, "releases", "-"], {"name": "ingress", "chart": "ingress"})
}
