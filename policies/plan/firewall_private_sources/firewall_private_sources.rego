# METADATA
# title: 'The nodes'' firewall lets in private networks only'
# custom:
#   requirements: [FR-009, SC-004]
#   severity: high
#   message: 'the nodes are to be reached from the cluster''s private networks only, but {found}'
#   solution: 'Name private networks in the variable `networks`; what the public is to reach goes through a NodeBalancer.'
package plan.firewall_private_sources

import data.lib.plan

firewalls := plan.resources("linode_firewall")

private := {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"}

subjects := plan.addresses(firewalls)

deny contains plan.denial(firewall, sprintf("the rule %s lets in %s", [rule.label, source])) if {
	some firewall in firewalls
	some rule in plan.value(firewall, ["inbound"], [])
	rule.action == "ACCEPT"
	some source in sources(rule)
	not is_private(source)
}

sources(rule) := [source |
	some family in ["ipv4", "ipv6"]
	listed := object.get(rule, family, null)
	listed != null
	some source in listed
]

is_private(source) if {
	some network in private
	net.cidr_contains(network, source)
}

is_private(source) if startswith(source, "fd")

# No live case would look at it again.
deny contains denial if some denial in plan.undecided_in(firewalls, ["inbound"], ["action", "ipv4", "ipv6", "label"])
