# METADATA
# title: 'Every job of a workflow ends by itself'
# custom:
#   requirements: [FR-010]
#   severity: low
#   message: 'a job is to have a time after which it is ended, six hours at most, but {found}'
#   solution: 'Set `timeout-minutes`: what hangs keeps the next run from starting.'
package pipeline.workflow_jobs_end

import data.lib.pipeline

most := 360

subjects := pipeline.subjects(pipeline.jobs)

deny contains pipeline.denial(one, "it has none") if {
	some one in pipeline.jobs
	not one.job["timeout-minutes"]

	# A job that is a whole workflow of its own has the times of that one.
	not one.job.uses
}

deny contains pipeline.denial(one, sprintf("it has %v minutes", [minutes])) if {
	some one in pipeline.jobs
	minutes := one.job["timeout-minutes"]
	not short(minutes)
}

short(minutes) if {
	is_number(minutes)
	minutes <= most
}
