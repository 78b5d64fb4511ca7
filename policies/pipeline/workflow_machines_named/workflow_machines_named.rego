# METADATA
# title: 'A workflow names the machine and the images it runs on'
# custom:
#   requirements: [FR-010]
#   severity: medium
#   message: 'a job is to run on a machine and in images with a version, but {found}'
#   solution: 'Write `runs-on: ubuntu-24.04`, and a version or digest behind each image.'
package pipeline.workflow_machines_named

import data.lib.pipeline

subjects := pipeline.subjects(pipeline.jobs)

deny contains pipeline.denial(one, sprintf("it runs on %s", [machine])) if {
	some one in pipeline.jobs
	some machine in machines(one.job)
	endswith(machine, "-latest")
}

deny contains pipeline.denial(one, sprintf("its image is %s", [image])) if {
	some one in pipeline.jobs
	some image in images(one.job)
	not regex.match(`:v?[0-9][^:/]*$|@sha256:[0-9a-f]{64}$`, image)
}

machines(job) := [job["runs-on"]] if is_string(job["runs-on"])

machines(job) := job["runs-on"] if is_array(job["runs-on"])

images(job) := array.concat(
	[image | some image in [object.get(job, "container", null), object.get(job, ["container", "image"], null)]; is_string(image)],
	[service.image | some service in object.get(job, "services", {})],
)
