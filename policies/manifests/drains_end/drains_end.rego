# METADATA
# title: 'Nodes can be drained'
# custom:
#   requirements: [US-001.3]
#   severity: high
#   message: 'a disruption budget is to let one pod go, but {found}'
#   solution: 'Say `maxUnavailable: 1`: with one replica, `minAvailable` makes a drain wait for ever.'
package manifests.drains_end

import data.lib.manifests

budgets := manifests.objects({"PodDisruptionBudget"})

subjects := manifests.subjects(budgets)

deny contains manifests.denial(budget, "this one may let none go") if {
	some budget in budgets
	not lets_go(budget)
}

lets_go(budget) if {
	most := budget.spec.maxUnavailable
	not most in {0, "0", "0%"}
}
