# METADATA
# title: 'What changes a platform waits for an approval'
# custom:
#   requirements: [FR-007, NFR-003]
#   severity: high
#   message: 'a job that changes a platform is to run in a GitHub environment, where somebody else approves it, but {found}'
#   solution: 'Name the environment with `environment:` and give it required reviewers on GitHub.'
package pipeline.workflow_applies_approved

import data.lib.pipeline

subjects := pipeline.subjects(pipeline.applying)

deny contains pipeline.denial(one, "this one names none") if {
	some one in pipeline.applying
	object.get(one.job, "environment", "") == ""
}
