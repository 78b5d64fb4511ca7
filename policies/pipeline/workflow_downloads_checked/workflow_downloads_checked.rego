# METADATA
# title: 'No script runs what it has just downloaded'
# custom:
#   requirements: [NFR-002, FR-010]
#   severity: high
#   message: 'a program is to come by its version from where it can be checked, but {found}'
#   solution: 'Use a package, an action with a version, or download first, compare the digest, then run.'
package pipeline.workflow_downloads_checked

import data.lib.pipeline

subjects := pipeline.subjects([one | some one in pipeline.steps; one.step.run])

deny contains pipeline.denial(one, sprintf("this runs what comes (%s)", [trim_space(line)])) if {
	some one in pipeline.steps
	some line in pipeline.lines(one.step)
	regex.match(`\b(curl|wget)\b.*(\|\s*(sudo\s+)?(\S*/)?(ba|z|da)?sh\b|<\()|(ba|z|da)?sh\s+(-c\s+["']?\$\(|<\()\s*(curl|wget)\b`, line)
}

deny contains pipeline.denial(one, sprintf("who sends it is not looked at (%s)", [trim_space(line)])) if {
	some one in pipeline.steps
	some line in pipeline.lines(one.step)
	regex.match(`\bcurl\b.*\s(-k|--insecure)\b|\bwget\b.*--no-check-certificate|--insecure-skip-tls-verify|--disable-tls`, line)
}
