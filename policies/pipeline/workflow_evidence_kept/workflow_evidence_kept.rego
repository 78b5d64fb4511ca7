# METADATA
# title: 'The evidence of a run is kept for 90 days'
# custom:
#   requirements: [FR-010]
#   severity: medium
#   message: 'a job that judges a platform is to keep its evidence for 90 days, also when it fails, but {found}'
#   solution: 'End the job with `actions/upload-artifact`, `if: always()` and `retention-days: 90`.'
package pipeline.workflow_evidence_kept

import data.lib.pipeline

conforming := [one |
	some one in pipeline.jobs
	some step in one.job.steps
	some line in pipeline.lines(step)
	regex.match(`\bplumbline(\.mjs)?\s+conform\b`, line)
]

subjects := pipeline.subjects(conforming)

uploads(job) := [step |
	some step in job.steps
	startswith(object.get(step, "uses", ""), "actions/upload-artifact@")
]

deny contains pipeline.denial(one, "it keeps none") if {
	some one in conforming
	count(uploads(one.job)) == 0
}

deny contains pipeline.denial(one, "it keeps it after a success only") if {
	some one in conforming
	some upload in uploads(one.job)
	not contains(sprintf("%v", [object.get(upload, "if", "")]), "always()")
}

deny contains pipeline.denial(one, sprintf("it keeps it for %v days", [days])) if {
	some one in conforming
	some upload in uploads(one.job)
	days := object.get(upload, ["with", "retention-days"], "unknown")
	not enough(days)
}

enough(days) if {
	is_number(days)
	days >= 90
}
