# METADATA
# title: 'The platform file keeps records and states long enough'
# custom:
#   requirements: [FR-010, NFR-009]
#   severity: high
#   message: 'audit records are to be kept for 90 days and 30 versions of the state, but {found}'
#   solution: 'Set `audit.retentionDays` to 90 or more and `state.keepVersions` to 30 or more.'
package pipeline.platform_keeps_records

import data.lib.pipeline

least := {"audit.retentionDays": 90, "state.keepVersions": 30}

subjects := pipeline.files(pipeline.platforms)

deny contains {"subject": platform.file, "found": sprintf("%s is %v", [key, kept])} if {
	some platform in pipeline.platforms
	some key, number in least
	kept := object.get(platform.content, split(key, "."), "not said")
	not enough(kept, number)
}

enough(kept, number) if {
	is_number(kept)
	kept >= number
}
