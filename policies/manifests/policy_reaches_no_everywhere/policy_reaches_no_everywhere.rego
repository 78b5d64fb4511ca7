# METADATA
# title: 'No network policy opens everything'
# custom:
#   requirements: [FR-009, SC-004]
#   severity: critical
#   message: 'a network policy is to name whom it lets through, but {found}'
#   solution: 'Name namespaces, pods or a network. Only the ingress controller is open to everybody, on its two ports.'
package manifests.policy_reaches_no_everywhere

import data.lib.manifests

policies := manifests.objects({"NetworkPolicy"})

subjects := manifests.subjects(policies)

peers := {"ingress": "from", "egress": "to"}

deny contains manifests.denial(policy, sprintf("its %s has a rule without peers", [direction])) if {
	some policy in policies
	some direction, key in peers
	some rule in object.get(policy.spec, direction, [])
	count(object.get(rule, key, [])) == 0
	not front_door(policy, direction, rule)
}

deny contains manifests.denial(policy, sprintf("its %s names %s", [direction, peer.ipBlock.cidr])) if {
	some policy in policies
	some direction, key in peers
	some rule in object.get(policy.spec, direction, [])
	some peer in object.get(rule, key, [])
	to_number(split(peer.ipBlock.cidr, "/")[1]) < 8
}

deny contains manifests.denial(policy, sprintf("its %s names every namespace", [direction])) if {
	some policy in policies
	some direction, key in peers
	some rule in object.get(policy.spec, direction, [])
	some peer in object.get(rule, key, [])
	peer.namespaceSelector == {}
}

front_door(policy, "ingress", rule) if {
	policy.metadata.namespace == "ingress"
	{"web", "websecure"} == {port.port | some port in rule.ports}
}
