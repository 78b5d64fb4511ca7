# METADATA
# title: 'No script of a workflow has a value of somebody else in it'
# custom:
#   requirements: [NFR-002]
#   severity: high
#   message: 'a script is to be the same in every run, with values in variables, but {found}'
#   solution: 'Put the expression into `env` and use the variable in quotes: what stands in the script itself is run as a part of it.'
package pipeline.workflow_scripts_fixed

import data.lib.pipeline

subjects := pipeline.subjects([one | some one in pipeline.steps; one.step.run])

deny contains pipeline.denial(one, sprintf("it has %s in it", [expression])) if {
	some one in pipeline.steps
	some part in array.slice(split(object.get(one.step, "run", ""), "${{"), 1, 1000)
	expression := trim_space(split(part, "}}")[0])
	regex.match(`github\.(event|head_ref|ref_name|actor)|inputs\.|steps\.|needs\.`, expression)
}
