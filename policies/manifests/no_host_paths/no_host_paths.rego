# METADATA
# title: 'No pod mounts a folder of its node'
# custom:
#   requirements: [FR-003]
#   severity: high
#   message: 'a pod is not to see files of its node, but {found}'
#   solution: 'Use an emptyDir, a ConfigMap or a volume claim. Only the log collector reads /var/log.'
package manifests.no_host_paths

import data.lib.manifests

subjects := manifests.subjects(manifests.workloads)

deny contains manifests.denial(workload, sprintf("volume %s is %s", [volume.name, volume.hostPath.path])) if {
	some workload in manifests.workloads
	some volume in object.get(manifests.pod_spec(workload), "volumes", [])
	volume.hostPath
	not seen(workload, volume.hostPath.path)
}

seen(workload, "/var/log") if manifests.apart(workload)
