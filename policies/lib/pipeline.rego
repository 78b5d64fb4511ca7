# METADATA
# title: What the pipelines themselves are
# description: >-
#   Reads `{"workflows": […], "releases": […], "platforms": […]}`, each a list of `{"file", "content"}`: workflows of GitHub Actions, and
#   the release list and the platform file of an installation. A subject is the file and the place in it, such as `deploy.yml jobs.deploy.steps.2`.
package lib.pipeline

workflows := object.get(input, "workflows", [])

releases := object.get(input, "releases", [])

platforms := object.get(input, "platforms", [])

place(file, path) := concat(" ", [file, concat(".", [sprintf("%v", [part]) | some part in path])])

files(list) := {one.file | some one in list}

jobs := [{"subject": place(workflow.file, ["jobs", name]), "workflow": workflow.content, "job": job} |
	some workflow in workflows
	some name, job in workflow.content.jobs
]

steps := [{"subject": place(workflow.file, ["jobs", name, "steps", index]), "workflow": workflow.content, "job": job, "step": step} |
	some workflow in workflows
	some name, job in workflow.content.jobs
	some index, step in job.steps
]

subjects(found) := {one.subject | some one in found}

# The lines of a step's script; one that ends in a backslash goes on in the next, so both are one.
lines(step) := split(replace(object.get(step, "run", ""), "\\\n", " "), "\n")

# Commands that change a platform or what runs on it. The sandbox is none.
changing := `\bterraform\s+(-\S+\s+)*(apply|destroy)\b|\bhelm\s+(upgrade|install|rollback|uninstall)\b|\bkubectl\s+(apply|delete|patch|replace|create)\b|\bprovision\b.*--target[ =]lke\b`

applies(job) if {
	some step in job.steps
	some line in lines(step)
	regex.match(changing, line)
}

applying := [one | some one in jobs; applies(one.job)]

# Commands whose answer decides whether a change goes on.
judging := `\b(plumbline(\.mjs)?\s+(check|conform|test|verify|drift)|npm\s+(test|run\s+test)|conftest\s+test|kubectl\s+auth\s+can-i)\b|\.ci/run\b`

gates := [one |
	some one in steps
	some line in lines(one.step)
	regex.match(judging, line)
]

denial(one, found) := {"subject": one.subject, "found": found}
