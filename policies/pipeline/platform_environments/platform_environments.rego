# METADATA
# title: 'The platform file has the four environments, each restricted'
# custom:
#   requirements: [FR-001, FR-003]
#   severity: high
#   message: 'development, staging, production and system are to be there, each with a quota and restricted pods, but {found}'
#   solution: 'Give every environment `podSecurity: restricted` and a `quota` in the platform file.'
package pipeline.platform_environments

import data.lib.pipeline

wanted := {"development", "staging", "production", "system"}

subjects := {pipeline.place(platform.file, ["environments"]) | some platform in pipeline.platforms}

deny contains {"subject": pipeline.place(platform.file, ["environments"]), "found": sprintf("%s is not there", [name])} if {
	some platform in pipeline.platforms
	some name in wanted
	not platform.content.environments[name]
}

deny contains {"subject": pipeline.place(platform.file, ["environments"]), "found": sprintf("the pods of %s are %v", [name, level])} if {
	some platform in pipeline.platforms
	some name, environment in platform.content.environments
	level := object.get(environment, "podSecurity", "not said to be")
	level != "restricted"
}

deny contains {"subject": pipeline.place(platform.file, ["environments"]), "found": sprintf("%s has no quota", [name])} if {
	some platform in pipeline.platforms
	some name, environment in platform.content.environments
	object.get(environment, "quota", {}) == {}
}
