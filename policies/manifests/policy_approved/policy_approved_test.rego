package manifests.policy_approved_test

import data.lib.examples
import data.manifests.policy_approved as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"NetworkPolicy development/allow-data-store", "NetworkPolicy development/allow-dns", "NetworkPolicy development/allow-ingress", "NetworkPolicy development/default-deny", "NetworkPolicy ingress/allow-clients", "NetworkPolicy ingress/default-deny", "NetworkPolicy log-collection/default-deny"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_no_approval if {
	rule.deny == {{"subject": "NetworkPolicy development/allow-dns", "found": "this one has no plumbline.dev/approval"}} with input as examples.manifests_without("NetworkPolicy", "allow-dns", ["metadata", "annotations", "plumbline.dev/approval"])
}
