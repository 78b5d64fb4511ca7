# METADATA
# title: 'The last 30 versions of the state are kept'
# custom:
#   requirements: [NFR-009]
#   severity: high
#   message: 'the number of kept versions of the state is to be 30 or more, but {found}'
#   solution: 'Set `state.keepVersions` to 30 or more in the platform file.'
package plan.state_versions_kept

import data.lib.plan

subjects := {"output.state"}

deny contains {"subject": "output.state", "found": sprintf("it is %s", [plan.number_in_words(versions)])} if {
	versions := plan.output_value("state", ["keep_versions"])
	not plan.at_least(versions, 30)
}
