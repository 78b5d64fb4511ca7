# METADATA
# title: 'What is tagged in the state carries the platforms tags'
# custom:
#   requirements: [FR-007]
#   severity: low
#   message: 'a resource is to say whose it is by the tag plumbline and one that begins with platform:, but {found}'
#   solution: 'Run `npx plumbline provision`: it puts the tags back. Somebody took them off by hand.'
package state.tags_present

import data.lib.state

owned := state.instances({"linode_lke_cluster", "linode_firewall"})

subjects := state.addresses(owned)

deny contains state.denial(one, "it lacks plumbline") if {
	some one in owned
	not "plumbline" in state.value(one, ["tags"], [])
}

deny contains state.denial(one, "it has no platform: tag") if {
	some one in owned
	count([tag | some tag in state.value(one, ["tags"], []); startswith(tag, "platform:")]) == 0
}
