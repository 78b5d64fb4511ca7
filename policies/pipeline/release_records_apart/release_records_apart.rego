# METADATA
# title: 'Helms records lie outside the environments'
# custom:
#   requirements: [NFR-002, FR-005]
#   severity: high
#   message: 'records of releases are to lie where no team reads Secrets, but {found}'
#   solution: 'Set `records: kube-system` in terraform/releases.yaml.'
package pipeline.release_records_apart

import data.lib.pipeline

subjects := pipeline.files(pipeline.releases)

deny contains {"subject": list.file, "found": sprintf("they lie in %s", [records])} if {
	some list in pipeline.releases
	records := object.get(list.content, "records", "no named namespace")
	records != "kube-system"
}
