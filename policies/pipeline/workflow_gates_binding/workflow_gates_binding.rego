# METADATA
# title: 'What judges a change can stop it'
# custom:
#   requirements: [FR-007, FR-010]
#   severity: high
#   message: 'a step that judges is to stop the job when it refuses, but {found}'
#   solution: 'Take `continue-on-error` and `|| true` away. What is known and accepted is waived in policies/waivers.yaml.'
package pipeline.workflow_gates_binding

import data.lib.pipeline

subjects := pipeline.subjects(pipeline.gates)

deny contains pipeline.denial(one, "its refusal is passed over (continue-on-error)") if {
	some one in pipeline.gates
	some part in [one.job, one.step]
	object.get(part, "continue-on-error", false) != false
}

deny contains pipeline.denial(one, sprintf("its answer is thrown away (%s)", [trim_space(line)])) if {
	some one in pipeline.gates
	some line in pipeline.lines(one.step)
	regex.match(pipeline.judging, line)
	regex.match(`\|\|\s*(true|:|exit 0|echo\b.*)\s*$|;\s*true\s*$`, line)
}
