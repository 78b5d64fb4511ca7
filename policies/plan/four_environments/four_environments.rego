# METADATA
# title: 'The plan has the four environments and no other'
# custom:
#   requirements: [FR-001, SC-001]
#   severity: high
#   message: 'the environments are to be development, production, staging and system, but {found}'
#   solution: 'Put `environments` of the platform file right.'
package plan.four_environments

import data.lib.plan

expected := {"development", "staging", "production", "system"}

subjects := {"output.environments"}

names := {name | some name, _ in plan.output_value("environments", [])}

deny contains {"subject": "output.environments", "found": sprintf("there are %s", [concat(", ", sort(names))])} if {
	count(names) > 0
	names != expected
}

deny contains {"subject": "output.environments", "found": "the plan tells none"} if count(names) == 0
