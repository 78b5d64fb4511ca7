# METADATA
# title: 'Every image has a version'
# custom:
#   requirements: [FR-010]
#   severity: medium
#   message: 'an image is to be named with the version that was tried, but {found}'
#   solution: 'Name a version such as :1.2.3, or a digest.'
package manifests.images_pinned

import data.lib.manifests

subjects := manifests.subjects(manifests.workloads)

deny contains manifests.denial(workload, sprintf("%s is %s", [container.name, container.image])) if {
	some workload in manifests.workloads
	some container in manifests.containers(workload)
	not pinned(container.image)
}

pinned(image) if regex.match(`:v?[0-9]+\.[0-9]+[^:/]*$`, image)

pinned(image) if regex.match(`@sha256:[0-9a-f]{64}$`, image)
