# METADATA
# title: 'Every release is a chart of this repository'
# custom:
#   requirements: [FR-010, FR-007]
#   severity: high
#   message: 'a release is to be a chart of terraform/charts, reviewed and of the same commit, but {found}'
#   solution: 'Copy what is needed into a chart of terraform/charts, with the version of its images.'
package pipeline.releases_from_here

import data.lib.pipeline

subjects := {pipeline.place(list.file, ["stages", i, "releases", j]) |
	some list in pipeline.releases
	some i, stage in list.content.stages
	some j, _ in stage.releases
}

deny contains {"subject": pipeline.place(list.file, ["stages", i, "releases", j]), "found": sprintf("%s comes from %s", [release.name, release.chart])} if {
	some list in pipeline.releases
	some i, stage in list.content.stages
	some j, release in stage.releases
	not regex.match(`^[a-z][a-z0-9-]*$`, release.chart)
}

deny contains {"subject": pipeline.place(list.file, ["stages", i, "releases", j]), "found": sprintf("%s says %s", [release.name, key])} if {
	some list in pipeline.releases
	some i, stage in list.content.stages
	some j, release in stage.releases
	some key, value in release
	regex.match(`(?i)insecure|skip|plain-?http|repository|^verify$`, key)
	value != ""
}
