# METADATA
# title: 'Audit records are kept for 90 days'
# custom:
#   requirements: [FR-010]
#   severity: high
#   message: 'audit records are to be kept for 90 days at least, but {found}'
#   solution: 'Set `audit.retentionDays` to 90 or more in the platform file.'
package plan.audit_retention

import data.lib.plan

subjects := {"output.audit"}

deny contains {"subject": "output.audit", "found": sprintf("they are kept for %s", [plan.number_in_words(days)])} if {
	days := plan.output_value("audit", ["retention_days"])
	not plan.at_least(days, 90)
}
