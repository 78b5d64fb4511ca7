# METADATA
# title: 'Two runs never change a platform at once'
# custom:
#   requirements: [FR-010]
#   severity: high
#   message: 'what changes a platform is to run alone and to its end, but {found}'
#   solution: 'Give the workflow or the job a `concurrency` group without `cancel-in-progress`: a run that is cancelled leaves half of its change.'
package pipeline.workflow_applies_alone

import data.lib.pipeline

subjects := pipeline.subjects(pipeline.applying)

groups(one) := [group | some part in [one.workflow, one.job]; group := part.concurrency]

deny contains pipeline.denial(one, "nothing keeps a second run from starting") if {
	some one in pipeline.applying
	count(groups(one)) == 0
}

deny contains pipeline.denial(one, "a second run cancels the first") if {
	some one in pipeline.applying
	some group in groups(one)
	group["cancel-in-progress"] != false
}
