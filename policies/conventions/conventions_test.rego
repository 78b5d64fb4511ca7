package conventions_test

import data.conventions

good := {
	"requirements": ["FR-001"],
	"outstanding": [],
	"cases": {"audit/retention": ["FR-001"], "audit/other": ["NFR-002"]},
	"inspected": {
		"namespaces": {
			"data.plan.one": ["plan/one/one.rego"],
			"data.plan.one_test": ["plan/one/one_test.rego"],
			"data.lib.plan": ["lib/plan.rego"],
			"data.main": ["main.rego"],
		},
		"annotations": [{
			"path": [{"value": "data"}, {"value": "plan"}, {"value": "one"}],
			"annotations": {
				"scope": "package",
				"title": "One",
				"custom": {
					"requirements": ["FR-001"],
					"severity": "low",
					"message": "expected one, but {found}",
					"solution": "Mend it.",
					"discharged_by": "audit/retention",
				},
			},
		}],
	},
}

broken(path, value) := json.patch(good, [{"op": "add", "path": array.concat(["inspected"], path), "value": value}])

custom(key, value) := broken(["annotations", 0, "annotations", "custom", key], value)

test_good_metadata if {
	conventions.packages == {["plan", "one"]} with input as good
	conventions.deny == set() with input as good
}

test_title if {
	conventions.deny == {"plan/one: expected a title in its METADATA, but there is none"} with input as broken(["annotations", 0, "annotations", "title"], "")
}

test_requirements if {
	conventions.deny == {"plan/one: expected the requirements it belongs to, but it names none"} with input as custom("requirements", [])
	conventions.deny == {"plan/one: expected ids of the requirement catalogue, but FR-999 is none", "plan/one: expected the case audit/retention to prove FR-999 too, but its tags lack it"} with input as custom("requirements", ["FR-999"])
}

test_severity if {
	conventions.deny == {`plan/one: expected a severity of critical, high, low, medium, but it has "grave"`} with input as custom("severity", "grave")
}

test_message if {
	conventions.deny == {`plan/one: expected a message that says what was found, with {found}, but it is "no"`} with input as custom("message", "no")
}

test_solution if {
	conventions.deny == {`plan/one: expected a solution that ends in a full stop, but it is ""`} with input as custom("solution", "")
}

test_discharge if {
	conventions.deny == {"plan/one: expected a live case to discharge what is unknown, but audit/none is none"} with input as custom("discharged_by", "audit/none")
	conventions.deny == {"plan/one: expected the case audit/other to prove FR-001 too, but its tags lack it"} with input as custom("discharged_by", "audit/other")
}

test_every_requirement if {
	more := json.patch(good, [{"op": "add", "path": "requirements/-", "value": "FR-002"}])
	conventions.deny == {"FR-002: expected a rule or a case for every requirement, but there is neither"} with input as more
	conventions.deny == set() with input as json.patch(more, [{"op": "add", "path": "outstanding/-", "value": "FR-002"}])
	conventions.deny == set() with input as json.patch(more, [{"op": "add", "path": "cases/audit~1retention/-", "value": "FR-002"}])
}

test_place if {
	conventions.deny == {"plan/one: expected it alone in plan/one/one.rego, but it is in plan/all.rego"} with input as broken(["namespaces", "data.plan.one"], ["plan/all.rego"])
}

test_tested if {
	conventions.deny == {"plan/two: expected a test beside it, but there is none"} with input as json.patch(good, [
		{"op": "add", "path": "inspected/namespaces/data.plan.two", "value": ["plan/two/two.rego"]},
		{"op": "add", "path": "inspected/annotations/-", "value": json.patch(good.inspected.annotations[0], [{"op": "replace", "path": "path/2/value", "value": "two"}])},
	])
}
