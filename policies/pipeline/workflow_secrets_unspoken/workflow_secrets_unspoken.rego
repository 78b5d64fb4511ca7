# METADATA
# title: 'No script of a workflow prints a secret'
# custom:
#   requirements: [NFR-002, FR-005]
#   severity: critical
#   message: 'a secret is not to reach the log of a run, but {found}'
#   solution: 'Hand the secret over in `env` and write it into a file with `umask 077`, or give it to the program on its standard input. Leave `set -x`, `printenv` and `env` out of such a step.'
package pipeline.workflow_secrets_unspoken

import data.lib.pipeline

subjects := pipeline.subjects([one | some one in pipeline.steps; one.step.run])

# Variables of a step that hold a secret, also those of its job and workflow.
secrets(one) := {name |
	some part in [one.workflow, one.job, one.step]
	some name, value in part.env
	contains(sprintf("%v", [value]), "secrets.")
}

deny contains pipeline.denial(one, sprintf("$%s is printed", [name])) if {
	some one in pipeline.steps
	some name in secrets(one)
	some line in pipeline.lines(one.step)
	regex.match(sprintf(`\b(echo|printf|cat)\b.*\$\{?%s\b`, [name]), line)
	not regex.match(`>|\|`, line)
}

deny contains pipeline.denial(one, sprintf("%s shows every variable, $%s too", [shown, name])) if {
	some one in pipeline.steps
	some name in secrets(one)
	some line in pipeline.lines(one.step)
	some shown in ["set -x", "printenv", "env"]
	regex.match(sprintf(`^\s*%s\s*$`, [shown]), line)
}

deny contains pipeline.denial(one, "it is a word of the script itself") if {
	some one in pipeline.steps
	regex.match(`\$\{\{[^}]*\bsecrets\.`, object.get(one.step, "run", ""))
}
