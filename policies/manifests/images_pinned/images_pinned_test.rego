package manifests.images_pinned_test

import data.lib.examples
import data.manifests.images_pinned as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"DaemonSet log-collection/vlagent", "Deployment development/sample-service"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_latest if {
	rule.deny == {{"subject": "Deployment development/sample-service", "found": "sample-service is ghcr.io/plumbline-dev/sample-service:latest"}} with input as examples.manifests_with("Deployment", "sample-service", ["spec", "template", "spec", "containers", 0, "image"], "ghcr.io/plumbline-dev/sample-service:latest")
}

test_nothing if {
	rule.deny == {{"subject": "Deployment development/sample-service", "found": "sample-service is ghcr.io:443/plumbline-dev/sample-service"}} with input as examples.manifests_with("Deployment", "sample-service", ["spec", "template", "spec", "containers", 0, "image"], "ghcr.io:443/plumbline-dev/sample-service")
}

test_digest if {
	rule.deny == set() with input as examples.manifests_with("Deployment", "sample-service", ["spec", "template", "spec", "containers", 0, "image"], "ghcr.io/plumbline-dev/sample-service@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
}
