# METADATA
# title: 'Audit records are kept for 90 days'
# custom:
#   requirements: [FR-010]
#   severity: high
#   message: 'audit records are to be kept for 90 days at least, but {found}'
#   solution: 'Set `audit.retentionDays` to 90 or more in the platform file.'
package plan.audit_retention

import data.lib.plan

subjects contains "output.audit" if input.output_changes.audit

deny contains {"subject": "output.audit", "found": sprintf("they are kept for %d", [days])} if {
	days := plan.output_value("audit", ["retention_days"])
	days < 90
}
