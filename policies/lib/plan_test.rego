package lib.plan_test

import data.lib.plan

resource := {"change": {"after": {"a": [{"b": 1}], "n": null}, "after_unknown": {"c": true, "d": [{"e": true}], "f": [false]}}}

test_unset_and_null_are_the_fallback if {
	plan.value(resource, ["a", 0, "b"], 2) == 1
	plan.value(resource, ["n"], 2) == 2
	plan.value(resource, ["m", 0], 2) == 2
}

test_undetermined_is_what_is_above_at_or_below if {
	plan.undetermined(resource, ["c", 0, "x"])
	plan.undetermined(resource, ["d", 0, "e"])
	plan.undetermined(resource, ["d"])
	not plan.undetermined(resource, ["f"])
	not plan.undetermined(resource, ["a", 0, "b"])
}

test_wider_networks_have_fewer_bits if {
	plan.wider_than(["10.0.0.0/8", "0.0.0.0/1", "192.0.2.7/32"], 8) == ["0.0.0.0/1"]
}
