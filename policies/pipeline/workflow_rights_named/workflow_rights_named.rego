# METADATA
# title: 'A workflow says which rights it has'
# custom:
#   requirements: [NFR-002, FR-010]
#   severity: high
#   message: 'a workflow is to name the rights of its token, each job only those to write that it needs, but {found}'
#   solution: 'Write `permissions: { contents: read }` at the top, and a right to write beside the job that needs it.'
package pipeline.workflow_rights_named

import data.lib.pipeline

subjects := pipeline.files(pipeline.workflows)

# What is not named is what the organisation has as its default, which is often everything.
deny contains {"subject": workflow.file, "found": "it names none, so it has whatever is usual there"} if {
	some workflow in pipeline.workflows
	not workflow.content.permissions
	some job in workflow.content.jobs
	not job.permissions
}

deny contains {"subject": workflow.file, "found": "it may write everything"} if {
	some workflow in pipeline.workflows
	some part in array.concat([workflow.content], [job | some job in workflow.content.jobs])
	part.permissions == "write-all"
}

deny contains {"subject": workflow.file, "found": sprintf("every job of it may write %s", [scope])} if {
	some workflow in pipeline.workflows
	some scope, right in workflow.content.permissions
	right == "write"
}
