# METADATA
# title: 'A token that may change something ends'
# custom:
#   requirements: [NFR-002]
#   severity: high
#   message: 'a token that may change something is to end by itself, but {found}'
#   solution: 'Give the token an `expiry` in the variable `access_tokens`.'
package plan.token_expiry

import data.lib.plan

tokens := [token |
	some token in plan.resources("linode_token")
	contains(plan.value(token, ["scopes"], "*:read_write"), "read_write")
]

subjects := plan.addresses(tokens)

deny contains plan.denial(token, "this one has no end") if {
	some token in tokens
	plan.value(token, ["expiry"], "") == ""
}
