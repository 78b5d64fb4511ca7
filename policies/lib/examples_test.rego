# METADATA
# title: Good documents, and how tests break them
# description: The documents beside this file were recorded from the platform itself; every rule looks at something in them and denies nothing.
package lib.examples

resource_at(address) := index if {
	some index, resource in data.lib.examples.plan.resource_changes
	resource.address == address
}

planned(address, path, value) := json.patch(data.lib.examples.plan, [{
	"op": "add",
	"path": array.concat(["resource_changes", resource_at(address), "change"], path),
	"value": value,
}])

# The good plan with one value of one resource changed.
plan_with(address, path, value) := planned(address, array.concat(["after"], path), value)

# The good plan with one value of one resource not known until the apply.
plan_without(address, path) := planned(address, array.concat(["after_unknown"], path), true)

# As Terraform shows it: what is not known is not among the values either.
plan_unknown(address, path) := json.patch(plan_without(address, path), [{
	"op": "remove",
	"path": array.concat(["resource_changes", resource_at(address), "change", "after"], path),
}])

# The good plan with a value known that is not known in it.
plan_known(address, key, value) := json.patch(plan_with(address, [key], value), [{
	"op": "remove",
	"path": ["resource_changes", resource_at(address), "change", "after_unknown", key],
}])

plan_that(address, actions) := planned(address, ["actions"], actions)

plan_and(resource) := json.patch(data.lib.examples.plan, [{"op": "add", "path": ["resource_changes", "-"], "value": resource}])

plan_output(path, value) := json.patch(data.lib.examples.plan, [{"op": "add", "path": array.concat(["output_changes"], path), "value": value}])

# Where the first object of a kind and a name is.
object_at(kind, name) := min({index |
	some index, item in data.lib.examples.manifests.objects
	item.kind == kind
	item.metadata.name == name
})

# The good manifests with one value of one object changed.
manifests_with(kind, name, path, value) := json.patch(data.lib.examples.manifests, [{
	"op": "add",
	"path": array.concat(["objects", object_at(kind, name)], path),
	"value": value,
}])

manifests_without(kind, name, path) := json.patch(data.lib.examples.manifests, [{
	"op": "remove",
	"path": array.concat(["objects", object_at(kind, name)], path),
}])

manifests_and(item) := json.patch(data.lib.examples.manifests, [{"op": "add", "path": ["objects", "-"], "value": item}])

# The good workflows, release list and platform file, with one value of one of them changed, or without it.
pipeline_at(kind, file, path) := array.concat([kind, min({index | some index, one in data.lib.examples.pipeline[kind]; one.file == file}), "content"], path)

pipeline_with(kind, file, path, value) := json.patch(data.lib.examples.pipeline, [{"op": "add", "path": pipeline_at(kind, file, path), "value": value}])

pipeline_without(kind, file, path) := json.patch(data.lib.examples.pipeline, [{"op": "remove", "path": pipeline_at(kind, file, path)}])

# Where the only resource of a module is in the good state.
state_at(module) := index if {
	some index, resource in data.lib.examples.state.resources
	resource.module == module
}
