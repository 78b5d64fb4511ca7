# METADATA
# title: 'No plan runs programs on the machine that applies it'
# custom:
#   requirements: [NFR-002]
#   severity: high
#   message: 'Terraform is to call the Linode API and nothing else, but {found}'
#   solution: 'Take the provisioner out; what cannot be done through the API is a step of the pipeline.'
package plan.nothing_runs_here

import data.lib.plan

declared := [resource |
	walk(object.get(input, ["configuration", "root_module"], {}), [_, part])
	some resource in object.get(part, "resources", [])
]

subjects := plan.addresses(declared)

deny contains plan.denial(resource, sprintf("it has a provisioner of type %s", [provisioner.type])) if {
	some resource in declared
	some provisioner in object.get(resource, "provisioners", [])
}
