# METADATA
# title: 'No workflow runs the code of strangers with its own rights'
# custom:
#   requirements: [NFR-002, FR-003]
#   severity: critical
#   message: 'a workflow that a stranger can start is not to check out what the stranger wrote, but {found}'
#   solution: 'Start it on `pull_request`: then it has neither secrets nor a right to write.'
package pipeline.workflow_no_foreign_code

import data.lib.pipeline

own_rights := {"pull_request_target", "workflow_run"}

subjects := pipeline.files(pipeline.workflows)

triggers(workflow) := {workflow.on} if is_string(workflow.on)

triggers(workflow) := {event | some event in workflow.on} if is_array(workflow.on)

triggers(workflow) := object.keys(workflow.on) if is_object(workflow.on)

deny contains {"subject": workflow.file, "found": sprintf("it starts on %s and checks out %s", [event, ref])} if {
	some workflow in pipeline.workflows
	some event in (own_rights & triggers(workflow.content))
	some job in workflow.content.jobs
	some step in job.steps
	ref := sprintf("%v", [object.get(step, ["with", "ref"], "")])
	regex.match(`github\.(event\.(pull_request|workflow_run)\.|head_ref)|refs/pull/`, ref)
}
