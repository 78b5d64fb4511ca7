package pipeline.releases_from_here_test

import data.lib.examples
import data.pipeline.releases_from_here as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"releases.yaml stages.0.releases.0", "releases.yaml stages.1.releases.0", "releases.yaml stages.1.releases.1", "releases.yaml stages.1.releases.2", "releases.yaml stages.1.releases.3", "releases.yaml stages.2.releases.0", "releases.yaml stages.3.releases.0", "releases.yaml stages.3.releases.1", "releases.yaml stages.4.releases.0", "releases.yaml stages.4.releases.1", "releases.yaml stages.4.releases.2", "releases.yaml stages.4.releases.3", "releases.yaml stages.4.releases.4", "releases.yaml stages.4.releases.5"} with input as data.lib.examples.pipeline
	rule.deny == set() with input as data.lib.examples.pipeline
}

test_from_a_registry if {
	rule.deny == {{"subject": "releases.yaml stages.3.releases.0", "found": "ingress comes from oci://ghcr.io/traefik/helm/traefik"}} with input as examples.pipeline_with("releases", "releases.yaml", ["stages", 3, "releases", 0, "chart"], "oci://ghcr.io/traefik/helm/traefik")
}

test_insecure if {
	rule.deny == {{"subject": "releases.yaml stages.3.releases.0", "found": "ingress says insecureSkipTlsVerify"}} with input as examples.pipeline_with("releases", "releases.yaml", ["stages", 3, "releases", 0, "insecureSkipTlsVerify"], true)
}
