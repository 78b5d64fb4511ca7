# METADATA
# title: 'Every network policy says who approved it, and why'
# custom:
#   requirements: [NFR-003, FR-009]
#   severity: high
#   message: 'a network policy is to carry its approval and its reason, but {found}'
#   solution: 'Make it with the chart''s own template for network policies, which writes both annotations.'
package manifests.policy_approved

import data.lib.manifests

policies := manifests.objects({"NetworkPolicy"})

subjects := manifests.subjects(policies)

deny contains manifests.denial(policy, sprintf("this one has no %s", [annotation])) if {
	some policy in policies
	some annotation in ["plumbline.dev/approval", "plumbline.dev/why"]
	object.get(policy.metadata, ["annotations", annotation], "") == ""
}
