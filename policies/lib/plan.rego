# METADATA
# title: What a Terraform plan would leave behind
# description: Reads the JSON of `terraform show -json PLAN`. A value that is not known until apply is never taken for one that is.
package lib.plan

# Resources of a kind as they will be after the apply, also those that stay as they are.
resources(kind) := [resource |
	some resource in input.resource_changes
	resource.mode == "managed"
	resource.type == kind
	resource.change.after != null
]

addresses(found) := {resource.address | some resource in found}

# The value at a path after the apply; what is unset, null or unknown is the fallback.
value(resource, path, fallback) := found if {
	found := object.get(resource.change.after, path, null)
	found != null
} else := fallback

# True when the value at a path, something it lies in, or a part of it is not known until the apply. Most values are known, which one look tells.
undetermined(resource, path) if {
	open := object.get(resource.change.after_unknown, path[0], false)
	open != false
	undetermined_below(resource.change.after_unknown, path)
}

undetermined_below(unknown, path) if {
	some length in numbers.range(1, count(path))
	object.get(unknown, array.slice(path, 0, length), false) == true
} else if {
	walk(object.get(unknown, path, false), [_, true])
}

# Places of a list: all that it has, known or not, and the first one in any case, so that a list that is not known at all has one too.
indices(resource, path) := numbers.range(0, max([0, length(resource.change.after, path) - 1, length(resource.change.after_unknown, path) - 1]))

length(values, path) := count(found) if {
	found := object.get(values, path, [])
	is_array(found)
} else := 0

# Denials of what is not known where it matters. For values that no live case would look at again.
undecided(found, path) := {denial(resource, not_known) |
	some resource in found
	undetermined(resource, path)
}

# The same for a key of each part of a list.
undecided_in(found, list, keys) := {denial(resource, not_known) |
	some resource in found
	undetermined(resource, list)
	some index in indices(resource, list)
	some key in keys
	undetermined(resource, array.concat(list, [index, key]))
}

# What the root promises, where it is known.
output_value(name, path) := object.get(input, array.concat(["output_changes", name, "after"], path), null)

at_least(number, least) if {
	is_number(number)
	number >= least
}

number_in_words(number) := sprintf("%v", [number]) if is_number(number)

number_in_words(number) := "a number that the plan does not tell" if not is_number(number)

denial(resource, found) := {"subject": resource.address, "found": found}

open_to(resource, path) := {"subject": resource.address, "depends_on": concat(".", [sprintf("%v", [part]) | some part in path])}

# Networks that begin with fewer fixed bits than `bits`, of IPv4 or IPv6 as the number says.
wider_than(networks, bits) := [network |
	some network in networks
	to_number(split(network, "/")[1]) < bits
]

everywhere := {"0.0.0.0/0", "::/0"}

not_known := "it is not known before the apply"
