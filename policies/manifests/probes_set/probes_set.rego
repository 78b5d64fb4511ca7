# METADATA
# title: 'Every service says when it is alive and ready'
# custom:
#   requirements: [NFR-001, US-003.3]
#   severity: medium
#   message: 'a container that runs on is to be asked whether it is alive and ready, but {found}'
#   solution: 'Set `livenessProbe` and `readinessProbe`.'
package manifests.probes_set

import data.lib.manifests

lasting := manifests.objects({"Deployment", "StatefulSet", "DaemonSet"})

subjects := manifests.subjects(lasting)

deny contains manifests.denial(workload, sprintf("%s has no %s", [container.name, probe])) if {
	some workload in lasting
	some container in workload.spec.template.spec.containers
	some probe in ["livenessProbe", "readinessProbe"]
	not container[probe]
}
