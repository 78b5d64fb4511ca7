# METADATA
# title: 'No policy of an environment names another environment'
# custom:
#   requirements: [SC-004, US-003.1, FR-009]
#   severity: critical
#   message: 'a policy of an environment is not to name another environment, but {found}'
#   solution: 'Take the peer out; what crosses environments needs an override that somebody else approves.'
package manifests.policy_stays_in_its_environment

import data.lib.manifests

all_environments := {"development", "staging", "production", "system"}

policies := [policy |
	some policy in manifests.objects({"NetworkPolicy"})
	policy.metadata.namespace in all_environments
]

subjects := manifests.subjects(policies)

named(selector) := {value |
	walk(selector, [_, value])
	value in all_environments
}

deny contains manifests.denial(policy, sprintf("this one names %s", [manifests.said(others)])) if {
	some policy in policies
	found := {name |
		walk(policy.spec, [_, part])
		some name in named(object.get(part, "namespaceSelector", {}))
	}
	others := found - {policy.metadata.namespace}
	count(others) > 0
}
