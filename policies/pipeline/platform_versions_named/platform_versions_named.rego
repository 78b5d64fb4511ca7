# METADATA
# title: 'The platform file names whole versions'
# custom:
#   requirements: [FR-010]
#   severity: medium
#   message: 'Kubernetes and the data stores engine are to have a version that somebody tried, but {found}'
#   solution: 'Write `kubernetesVersion: v1.35.4+lke1` (1.35 on the standard tier) and `database.engine: postgresql/15`.'
package pipeline.platform_versions_named

import data.lib.pipeline

subjects := pipeline.files(pipeline.platforms)

deny contains {"subject": platform.file, "found": sprintf("kubernetesVersion is %v", [version])} if {
	some platform in pipeline.platforms
	version := object.get(platform.content, "kubernetesVersion", "not said")
	not regex.match(`^(v[0-9]+\.[0-9]+\.[0-9]+\+lke[0-9]+|[0-9]+\.[0-9]+)$`, sprintf("%v", [version]))
}

deny contains {"subject": platform.file, "found": sprintf("database.engine is %v", [engine])} if {
	some platform in pipeline.platforms
	engine := object.get(platform.content, ["database", "engine"], "not said")
	not regex.match(`^postgresql/[0-9]+$`, engine)
}
