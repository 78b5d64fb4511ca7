# METADATA
# title: 'Scratch space has a limit'
# custom:
#   requirements: [FR-001]
#   severity: low
#   message: 'an emptyDir is to be bounded, for it fills the disk of its node, but {found}'
#   solution: 'Set `sizeLimit` on the emptyDir.'
package manifests.scratch_bounded

import data.lib.manifests

subjects := manifests.subjects(manifests.workloads)

deny contains manifests.denial(workload, sprintf("volume %s is not", [volume.name])) if {
	some workload in manifests.workloads
	some volume in object.get(manifests.pod_spec(workload), "volumes", [])
	scratch := object.get(volume, "emptyDir", "none")
	is_object(scratch)
	not scratch.sizeLimit
}
