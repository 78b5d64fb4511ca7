package manifests.policy_stays_in_its_environment_test

import data.lib.examples
import data.manifests.policy_stays_in_its_environment as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"NetworkPolicy development/allow-data-store", "NetworkPolicy development/allow-dns", "NetworkPolicy development/allow-ingress", "NetworkPolicy development/default-deny"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_production if {
	rule.deny == {{"subject": "NetworkPolicy development/allow-dns", "found": "this one names production"}} with input as examples.manifests_with("NetworkPolicy", "allow-dns", ["spec", "egress", 0, "to", 0, "namespaceSelector", "matchLabels"], {"kubernetes.io/metadata.name": "production"})
}
