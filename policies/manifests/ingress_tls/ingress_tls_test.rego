package manifests.ingress_tls_test

import data.lib.examples
import data.manifests.ingress_tls as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"Ingress development/sample-service"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_no_tls if {
	rule.deny == {{"subject": "Ingress development/sample-service", "found": "sample-service.development.plumbline.internal has none"}} with input as examples.manifests_with("Ingress", "sample-service", ["spec", "tls"], [])
}

test_catch_all if {
	rule.deny == {{"subject": "Ingress development/sample-service", "found": "a rule without host has none"}} with input as examples.manifests_without("Ingress", "sample-service", ["spec", "rules", 0, "host"])
}
