# METADATA
# title: 'Guardrails refuse, also when they cannot judge'
# custom:
#   requirements: [NFR-003, FR-003]
#   severity: critical
#   message: 'a guardrail is to refuse what it forbids and what it cannot judge, but {found}'
#   solution: 'Set `failurePolicy: Fail` on the policy, and Deny among the actions of its binding.'
package manifests.guardrails_refuse

import data.lib.manifests

guardrails := manifests.objects({"ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"})

subjects := manifests.subjects(guardrails)

deny contains manifests.denial(policy, "this one lets pass what it cannot judge") if {
	some policy in manifests.objects({"ValidatingAdmissionPolicy"})
	object.get(policy.spec, "failurePolicy", "Fail") != "Fail"
}

deny contains manifests.denial(binding, sprintf("this one only does %s", [manifests.said(actions)])) if {
	some binding in manifests.objects({"ValidatingAdmissionPolicyBinding"})
	actions := object.get(binding.spec, "validationActions", [])
	not "Deny" in actions
}
