# METADATA
# title: 'No manifest holds a secret'
# custom:
#   requirements: [FR-005, NFR-002]
#   severity: critical
#   message: 'secrets are delivered sealed and never rendered, but {found}'
#   solution: 'Bootstrap the secret with `plumbline secrets bootstrap`, and mount the Secret that it delivers.'
package manifests.no_secret_values

import data.lib.manifests

holders := manifests.objects({"Secret", "ConfigMap"})

telling := `(?i)(^|[_.-])(password|passwd|secret|secret[_-]?key|access[_-]?key|api[_-]?key|token|private[_-]?key)$`

subjects := manifests.subjects(holders) | manifests.subjects(manifests.workloads)

deny contains manifests.denial(item, "this one is rendered in the clear") if some item in manifests.objects({"Secret"})

deny contains manifests.denial(item, sprintf("its key %s is called like one", [key])) if {
	some item in manifests.objects({"ConfigMap"})
	some key, _ in object.get(item, "data", {})
	regex.match(telling, key)
}

deny contains manifests.denial(item, sprintf("its data %s has a private key", [key])) if {
	some item in manifests.objects({"ConfigMap"})
	some key, value in object.get(item, "data", {})
	regex.match(`-----BEGIN [A-Z ]*PRIVATE KEY-----`, value)
}

deny contains manifests.denial(workload, sprintf("%s has %s as a plain variable", [container.name, variable.name])) if {
	some workload in manifests.workloads
	some container in manifests.containers(workload)
	some variable in object.get(container, "env", [])
	regex.match(telling, variable.name)
	object.get(variable, "value", "") != ""
}
