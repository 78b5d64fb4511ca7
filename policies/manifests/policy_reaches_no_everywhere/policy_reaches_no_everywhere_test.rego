package manifests.policy_reaches_no_everywhere_test

import data.lib.examples
import data.manifests.policy_reaches_no_everywhere as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"NetworkPolicy development/allow-data-store", "NetworkPolicy development/allow-dns", "NetworkPolicy development/allow-ingress", "NetworkPolicy development/default-deny", "NetworkPolicy ingress/allow-clients", "NetworkPolicy ingress/default-deny", "NetworkPolicy log-collection/default-deny"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_no_peers if {
	rule.deny == {{"subject": "NetworkPolicy development/allow-dns", "found": "its egress has a rule without peers"}} with input as examples.manifests_without("NetworkPolicy", "allow-dns", ["spec", "egress", 0, "to"])
}

test_the_internet if {
	rule.deny == {{"subject": "NetworkPolicy development/allow-dns", "found": "its egress names 0.0.0.0/0"}} with input as examples.manifests_with("NetworkPolicy", "allow-dns", ["spec", "egress", 0, "to"], [{"ipBlock": {"cidr": "0.0.0.0/0"}}])
}

test_every_namespace if {
	rule.deny == {{"subject": "NetworkPolicy development/allow-dns", "found": "its egress names every namespace"}} with input as examples.manifests_with("NetworkPolicy", "allow-dns", ["spec", "egress", 0, "to", 0, "namespaceSelector"], {})
}

test_a_third_port if {
	rule.deny == {{"subject": "NetworkPolicy ingress/allow-clients", "found": "its ingress has a rule without peers"}} with input as examples.manifests_with("NetworkPolicy", "allow-clients", ["spec", "ingress", 0, "ports", 0, "port"], "metrics")
}
