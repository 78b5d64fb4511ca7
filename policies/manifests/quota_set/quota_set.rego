# METADATA
# title: 'Every environment has a quota and limits'
# custom:
#   requirements: [FR-001, NFR-008]
#   severity: high
#   message: 'an environment is to have a ResourceQuota and a LimitRange, but {found}'
#   solution: 'Add them: the chart environment has both.'
package manifests.quota_set

import data.lib.manifests

environments := [namespace |
	some namespace in manifests.namespaces
	manifests.environment_of(namespace) != ""
]

subjects := manifests.subjects(environments)

deny contains manifests.denial(namespace, sprintf("this one has no %s", [kind])) if {
	some namespace in environments
	some kind in ["ResourceQuota", "LimitRange"]
	not namespace.metadata.name in {item.metadata.namespace | some item in manifests.objects({kind})}
}
