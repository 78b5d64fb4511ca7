# METADATA
# title: 'Nothing is installed before the guardrails'
# custom:
#   requirements: [FR-003, NFR-003]
#   severity: high
#   message: 'the guardrails are to be installed before everything else, but {found}'
#   solution: 'Make the stage with the chart guardrails the first, alone in it.'
package pipeline.releases_guardrails_first

import data.lib.pipeline

subjects := pipeline.files(pipeline.releases)

deny contains {"subject": list.file, "found": sprintf("the first stage has %s", [release.name])} if {
	some list in pipeline.releases
	some release in list.content.stages[0].releases
	release.chart != "guardrails"
}

deny contains {"subject": list.file, "found": "there are none"} if {
	some list in pipeline.releases
	count([release | some stage in list.content.stages; some release in stage.releases; release.chart == "guardrails"]) == 0
}
