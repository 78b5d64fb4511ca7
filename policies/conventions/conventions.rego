# METADATA
# title: What is wrong with our own policies
# description: >-
#   Reads `{"inspected": …, "requirements": […], "outstanding": […], "cases": {…}}`: the output of `opa inspect --annotations --format json`, the
#   ids of all requirements but stories, which are their scenarios, and of those that say what is not proved yet, and the requirements of each case by its id.
package conventions

rooms := {"plan", "manifests", "pipeline", "state"}

severities := {"low", "medium", "high", "critical"}

# Packages of rules, such as ["plan", "bucket_private"].
packages contains [room, name] if {
	some namespace, _ in input.inspected.namespaces
	["data", room, name] = split(namespace, ".")
	room in rooms
	not endswith(name, "_test")
}

metadata[[room, name]] := annotation.annotations if {
	some annotation in input.inspected.annotations
	annotation.annotations.scope == "package"
	[_, room_part, name_part] = annotation.path
	room := room_part.value
	name := name_part.value
}

said(rule) := concat("/", rule)

field(rule, key) := object.get(metadata, [rule, "custom", key], "")

deny contains sprintf("%s: expected a title in its METADATA, but there is none", [said(rule)]) if {
	some rule in packages
	object.get(metadata, [rule, "title"], "") == ""
}

deny contains sprintf("%s: expected the requirements it belongs to, but it names none", [said(rule)]) if {
	some rule in packages
	count(field(rule, "requirements")) == 0
}

deny contains sprintf("%s: expected ids of the requirement catalogue, but %s is none", [said(rule), id]) if {
	some rule in packages
	some id in field(rule, "requirements")
	not id in input.requirements
}

deny contains sprintf("%s: expected a severity of %s, but it has %q", [said(rule), concat(", ", sort(severities)), severity]) if {
	some rule in packages
	severity := field(rule, "severity")
	not severity in severities
}

deny contains sprintf("%s: expected a message that says what was found, with {found}, but it is %q", [said(rule), message]) if {
	some rule in packages
	message := field(rule, "message")
	not contains(message, "{found}")
}

deny contains sprintf("%s: expected a solution that ends in a full stop, but it is %q", [said(rule), solution]) if {
	some rule in packages
	solution := field(rule, "solution")
	not endswith(solution, ".")
}

deny contains sprintf("%s: expected a live case to discharge what is unknown, but %s is none", [said(rule), by]) if {
	some rule in packages
	by := field(rule, "discharged_by")
	by != ""
	not input.cases[by]
}

# Otherwise the case could be satisfied, and a requirement of the rule still not looked at.
deny contains sprintf("%s: expected the case %s to prove %s too, but its tags lack it", [said(rule), by, id]) if {
	some rule in packages
	by := field(rule, "discharged_by")
	some id in field(rule, "requirements")
	tags := input.cases[by]
	not id in tags
}

deny contains sprintf("%s: expected a rule or a case for every requirement, but there is neither", [id]) if {
	some id in input.requirements
	not id in {one | some rule in packages; some one in field(rule, "requirements")}
	not id in {one | some tags in input.cases; some one in tags}
	not id in input.outstanding
}

deny contains sprintf("%s: expected it alone in %s/%s.rego, but it is in %s", [said(rule), said(rule), rule[1], concat(", ", files)]) if {
	some rule in packages
	files := input.inspected.namespaces[concat(".", array.concat(["data"], rule))]
	files != [sprintf("%s/%s.rego", [said(rule), rule[1]])]
}

deny contains sprintf("%s: expected a test beside it, but there is none", [said(rule)]) if {
	some rule in packages
	not input.inspected.namespaces[sprintf("data.%s.%s_test", rule)]
}
