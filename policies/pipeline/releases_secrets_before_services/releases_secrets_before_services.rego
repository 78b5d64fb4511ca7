# METADATA
# title: 'Secrets are there before the services that need them'
# custom:
#   requirements: [FR-005]
#   severity: medium
#   message: 'secrets are to be made and delivered before a service that uses them is installed, but {found}'
#   solution: 'Let the stage with the chart secrets end with `afterwards: [secrets]`, before the stage of the services.'
package pipeline.releases_secrets_before_services

import data.lib.pipeline

subjects := pipeline.files(pipeline.releases)

delivered(list) := {index |
	some index, stage in list.content.stages
	"secrets" in object.get(stage, "afterwards", [])
}

deny contains {"subject": list.file, "found": "no stage delivers them"} if {
	some list in pipeline.releases
	count(delivered(list)) == 0
}

deny contains {"subject": list.file, "found": sprintf("%s is installed in or before the stage that delivers them", [release.name])} if {
	some list in pipeline.releases
	some index, stage in list.content.stages
	some release in stage.releases
	not release.chart in {"guardrails", "environment", "secrets"}
	some delivery in delivered(list)
	index <= delivery
}
