# METADATA
# title: 'The nodes'' firewall drops what no rule lets in'
# custom:
#   requirements: [FR-009]
#   severity: high
#   message: 'the nodes'' firewall is to drop what no rule lets in, but {found}'
#   solution: 'Set `inbound_policy = "DROP"` in terraform/modules/firewall.'
package plan.firewall_drops_inbound

import data.lib.plan

firewalls := plan.resources("linode_firewall")

subjects := plan.addresses(firewalls)

deny contains plan.denial(firewall, sprintf("its inbound policy is %s", [policy])) if {
	some firewall in firewalls
	not plan.undetermined(firewall, ["inbound_policy"])
	policy := plan.value(firewall, ["inbound_policy"], "unset")
	policy != "DROP"
}

deny contains plan.denial(firewall, "it is switched off") if {
	some firewall in firewalls
	plan.value(firewall, ["disabled"], false) == true
}

# No live case would look at it again.
deny contains denial if {
	some key in ["inbound_policy", "disabled"]
	some denial in plan.undecided(firewalls, [key])
}
