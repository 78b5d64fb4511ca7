# METADATA
# title: 'No role makes tokens or certificates for others'
# custom:
#   requirements: [FR-003, NFR-002]
#   severity: high
#   message: 'a role is not to make credentials of others, but {found}'
#   solution: 'Take the resource out: tokens are issued by the access commands of the platform.'
package manifests.rbac_no_tokens

import data.lib.manifests

subjects := manifests.subjects(manifests.roles)

makes := {"serviceaccounts/token", "certificatesigningrequests", "certificatesigningrequests/approval"}

deny contains manifests.denial(role, sprintf("this one may %s %s", [verb, resource])) if {
	some role in manifests.roles
	some rule in manifests.rules(role)
	some resource in object.get(rule, "resources", [])
	resource in makes
	some verb in rule.verbs
	verb in {"create", "update", "patch"}
}
