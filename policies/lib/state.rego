# METADATA
# title: What Terraform remembers
# description: Reads a state as `terraform state pull` prints it, version 4.
package lib.state

# Everything that the state holds, with the address that Terraform calls it by.
instances(kinds) := [{"address": address(resource, instance), "type": resource.type, "resource": resource, "instance": instance} |
	some resource in input.resources
	resource.mode == "managed"
	resource.type in kinds
	some instance in resource.instances
]

managed := {resource.type | some resource in input.resources; resource.mode == "managed"}

address(resource, instance) := concat("", [module_of(resource), resource.type, ".", resource.name, index_of(instance)])

module_of(resource) := sprintf("%s.", [resource.module]) if resource.module

module_of(resource) := "" if not resource.module

index_of(instance) := sprintf("[%q]", [instance.index_key]) if is_string(instance.index_key)

index_of(instance) := sprintf("[%d]", [instance.index_key]) if is_number(instance.index_key)

index_of(instance) := "" if object.get(instance, "index_key", null) == null

addresses(found) := {one.address | some one in found}

# The value at a path of a resource; what is unset or null is the fallback.
value(one, path, fallback) := found if {
	found := object.get(one.instance.attributes, path, null)
	found != null
} else := fallback

output_value(name, path) := object.get(input, array.concat(["outputs", name, "value"], path), null)

denial(one, found) := {"subject": one.address, "found": found}

# Where the provider itself keeps a secret in the state. There is no way to have it not there, so the state is kept encrypted, and
# nobody but the pipeline and those who operate the platform reads its bucket.
secret_attributes := {
	"linode_database_postgresql_v2": {"root_password", "ca_cert"},
	"linode_lke_cluster": {"kubeconfig"},
	"linode_object_storage_key": {"secret_key", "access_key"},
	"linode_token": {"token"},
}

telling := `(^|_)(password|passphrase|secret|secret_key|access_key|token|private_key|kubeconfig|credentials)$`
