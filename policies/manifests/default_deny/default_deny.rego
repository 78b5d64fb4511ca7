# METADATA
# title: 'Every namespace denies by default, both ways'
# custom:
#   requirements: [FR-003, FR-009, SC-004]
#   severity: critical
#   message: 'a namespace is to have a policy that selects every pod and allows nothing in either direction, but {found}'
#   solution: 'Add a NetworkPolicy with `podSelector: {}`, `policyTypes: [Ingress, Egress]` and no rules.'
package manifests.default_deny

import data.lib.manifests

denied := {policy.metadata.namespace |
	some policy in manifests.objects({"NetworkPolicy"})
	policy.spec.podSelector == {}
	{"Ingress", "Egress"} == {direction | some direction in policy.spec.policyTypes}
	count(object.get(policy.spec, "ingress", [])) == 0
	count(object.get(policy.spec, "egress", [])) == 0
}

subjects := manifests.subjects(manifests.namespaces)

deny contains manifests.denial(namespace, "this one has none") if {
	some namespace in manifests.namespaces
	not namespace.metadata.name in denied
}
