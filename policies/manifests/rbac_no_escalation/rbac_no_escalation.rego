# METADATA
# title: 'No role lets its holder take more rights'
# custom:
#   requirements: [FR-003, NFR-002]
#   severity: critical
#   message: 'a role is not to hold the verbs bind, escalate or impersonate, but {found}'
#   solution: 'Take the verb out. The verifier binds one named role to its own probes, and nobody else binds any.'
package manifests.rbac_no_escalation

import data.lib.manifests

subjects := manifests.subjects(manifests.roles)

deny contains manifests.denial(role, sprintf("this one holds %s", [verb])) if {
	some role in manifests.roles
	some rule in manifests.rules(role)
	some verb in rule.verbs
	verb in {"bind", "escalate", "impersonate"}
	not bounded(role, verb, rule)
}

# Its guardrail, plumbline-verifier-footprint, keeps it to the namespaces that it makes itself.
bounded(role, "bind", rule) if {
	role.metadata.name == "plumbline-verifier"
	object.get(rule, "resourceNames", []) == ["plumbline-probe"]
}
