# METADATA
# title: 'Nothing in the state is half made'
# custom:
#   requirements: [FR-007, FR-010]
#   severity: high
#   message: 'everything in the state is to be whole, but {found}'
#   solution: 'Run `npx plumbline provision`: it replaces what is tainted and removes what is left over.'
package state.nothing_half_made

import data.lib.state

found := state.instances(state.managed)

subjects := state.addresses(found)

deny contains state.denial(one, "this is tainted: its creation failed half-way") if {
	some one in found
	object.get(one.instance, "status", "") == "tainted"
}

deny contains state.denial(one, "this is left over from a replacement") if {
	some one in found
	object.get(one.instance, "deposed", "") != ""
}
