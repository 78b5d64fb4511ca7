# METADATA
# title: 'Images come from known registries'
# custom:
#   requirements: [FR-010, NFR-002]
#   severity: high
#   message: 'an image is to come from a registry that the platform knows, but {found}'
#   solution: 'Use docker.io, ghcr.io, quay.io or registry.k8s.io, in full, or add the registry to this rule.'
package manifests.images_from_known_hosts

import data.lib.manifests

subjects := manifests.subjects(manifests.workloads)

known := {"docker.io", "ghcr.io", "quay.io", "registry.k8s.io"}

deny contains manifests.denial(workload, sprintf("%s comes from %s", [container.name, host])) if {
	some workload in manifests.workloads
	some container in manifests.containers(workload)
	host := split(container.image, "/")[0]
	not host in known
}
