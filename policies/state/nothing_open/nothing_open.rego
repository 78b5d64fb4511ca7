# METADATA
# title: 'What Terraform made is closed'
# custom:
#   requirements: [FR-009, NFR-002]
#   severity: high
#   message: 'the API server, the nodes firewall and the buckets are to be closed to strangers, but {found}'
#   solution: 'Run `npx plumbline provision`: it closes what the plan rules demand closed. Look in the records who opened it.'
package state.nothing_open

import data.lib.state

guarded := state.instances({"linode_lke_cluster", "linode_firewall", "linode_object_storage_bucket"})

subjects := state.addresses(guarded)

deny contains state.denial(one, "its access list is off") if {
	some one in guarded
	one.type == "linode_lke_cluster"
	state.value(one, ["control_plane", 0, "acl", 0, "enabled"], false) != true
}

deny contains state.denial(one, sprintf("its inbound policy is %v", [policy])) if {
	some one in guarded
	one.type == "linode_firewall"
	policy := state.value(one, ["inbound_policy"], "unset")
	policy != "DROP"
}

deny contains state.denial(one, "it is switched off") if {
	some one in guarded
	one.type == "linode_firewall"
	state.value(one, ["disabled"], false) != false
}

deny contains state.denial(one, sprintf("its access is %v", [acl])) if {
	some one in guarded
	one.type == "linode_object_storage_bucket"
	acl := state.value(one, ["acl"], "unset")
	acl != "private"
}
