# METADATA
# title: 'No token reaches what its holder does not need'
# custom:
#   requirements: [NFR-002, FR-003]
#   severity: high
#   message: 'a token is to hold named scopes that yield no credentials, but {found}'
#   solution: 'Name scopes without `*`, `account:read_write`, `lke`, `databases` and `object_storage`: with those the holder could fetch or make credentials.'
package plan.token_scopes

import data.lib.plan

tokens := plan.resources("linode_token")

subjects := plan.addresses(tokens)

deny contains plan.denial(token, sprintf("this one has %s", [scope])) if {
	some token in tokens
	not plan.undetermined(token, ["scopes"])
	some scope in split(plan.value(token, ["scopes"], "*"), " ")
	too_much(scope)
}

too_much(scope) if scope in {"*", "account:read_write"}

too_much(scope) if {
	some kind in ["lke:", "databases:", "object_storage:"]
	startswith(scope, kind)
}

# No live case would look at it again.
deny contains plan.denial(token, plan.not_known) if {
	some token in tokens
	plan.undetermined(token, ["scopes"])
}
