# METADATA
# title: 'Every container runs under a seccomp profile'
# custom:
#   requirements: [FR-003]
#   severity: medium
#   message: 'a container is to run under the profile RuntimeDefault or one of its own, but {found}'
#   solution: 'Set `seccompProfile: { type: RuntimeDefault }` for the pod.'
package manifests.seccomp

import data.lib.manifests

subjects := manifests.subjects(manifests.workloads)

deny contains manifests.denial(workload, sprintf("container %s does not", [container.name])) if {
	some workload in manifests.workloads
	some container in manifests.containers(workload)
	profile := manifests.security(workload, container, "seccompProfile")
	not confined(profile)
}

confined(profile) if profile.type in {"RuntimeDefault", "Localhost"}
