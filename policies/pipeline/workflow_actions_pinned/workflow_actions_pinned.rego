# METADATA
# title: 'Every action of a workflow has a version'
# custom:
#   requirements: [FR-010]
#   severity: high
#   message: 'an action is to be named with a version or the digest of a commit, but {found}'
#   solution: 'Write `owner/action@v1.2.3`, or the 40 digits of a commit. A branch may be another program tomorrow.'
package pipeline.workflow_actions_pinned

import data.lib.pipeline

uses := array.concat(
	[object.union(one, {"uses": one.step.uses}) | some one in pipeline.steps; one.step.uses],
	[object.union(one, {"uses": one.job.uses}) | some one in pipeline.jobs; one.job.uses],
)

subjects := pipeline.subjects(uses)

deny contains pipeline.denial(one, sprintf("%s is not", [one.uses])) if {
	some one in uses
	not pinned(one.uses)
}

pinned(action) if regex.match(`@v?[0-9]+(\.[0-9]+)*$`, action)

pinned(action) if regex.match(`@[0-9a-f]{40}$`, action)

pinned(action) if regex.match(`^docker://.+(:v?[0-9]+(\.[0-9]+)+[^:/]*|@sha256:[0-9a-f]{64})$`, action)

# What lies in the repository itself is of the same commit.
pinned(action) if startswith(action, "./")
