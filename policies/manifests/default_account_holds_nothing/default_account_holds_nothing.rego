# METADATA
# title: 'The default account of an environment gets no token'
# custom:
#   requirements: [FR-003]
#   severity: medium
#   message: 'the account that every pod gets when it names none is to get no token, but {found}'
#   solution: 'Set `automountServiceAccountToken: false` on the ServiceAccount default.'
package manifests.default_account_holds_nothing

import data.lib.manifests

accounts := [account |
	some account in manifests.objects({"ServiceAccount"})
	account.metadata.name == "default"
]

subjects := manifests.subjects(accounts)

deny contains manifests.denial(account, "this one does") if {
	some account in accounts
	object.get(account, "automountServiceAccountToken", true) != false
}
