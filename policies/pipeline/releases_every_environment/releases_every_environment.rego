# METADATA
# title: 'Every environment is installed before what runs in it'
# custom:
#   requirements: [FR-001]
#   severity: high
#   message: 'each of the four environments is to be installed before anything that runs in it, but {found}'
#   solution: 'List the chart environment for development, staging, production and system in a stage of its own, right after the guardrails.'
package pipeline.releases_every_environment

import data.lib.pipeline

wanted := {"development", "staging", "production", "system"}

subjects := pipeline.files(pipeline.releases)

# Stages in which the environment itself is installed.
made_in(list, environment) := {index |
	some index, stage in list.content.stages
	some release in stage.releases
	release.chart == "environment"
	release.environment == environment
}

deny contains {"subject": list.file, "found": sprintf("%s is not", [environment])} if {
	some list in pipeline.releases
	some environment in wanted
	count(made_in(list, environment)) == 0
}

deny contains {"subject": list.file, "found": sprintf("%s comes no later than its environment %s", [release.name, release.environment])} if {
	some list in pipeline.releases
	some index, stage in list.content.stages
	some release in stage.releases
	release.chart != "environment"
	some made in made_in(list, release.environment)
	index <= made
}
