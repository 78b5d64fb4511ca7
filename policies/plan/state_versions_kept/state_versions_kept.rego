# METADATA
# title: 'The last 30 versions of the state are kept'
# custom:
#   requirements: [NFR-009]
#   severity: high
#   message: 'the last 30 versions of the state are to be kept, but {found}'
#   solution: 'Set `state.keepVersions` to 30 or more in the platform file.'
package plan.state_versions_kept

import data.lib.plan

subjects contains "output.state" if input.output_changes.state

deny contains {"subject": "output.state", "found": sprintf("%d are", [versions])} if {
	versions := plan.output_value("state", ["keep_versions"])
	versions < 30
}
