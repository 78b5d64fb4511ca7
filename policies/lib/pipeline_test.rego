package lib.pipeline_test

import data.lib.pipeline

test_a_line_that_goes_on_is_one if {
	pipeline.lines({"run": "a \\\n  b\nc"}) == ["a    b", "c"]
	pipeline.lines({"uses": "actions/checkout@v4"}) == [""]
}

test_what_changes_a_platform if {
	every line in ["terraform apply -auto-approve", "terraform -chdir=terraform destroy", "helm upgrade --install a b", "kubectl apply --filename a", "npx plumbline provision --target lke"] {
		pipeline.applies({"steps": [{"run": line}]})
	}
	every line in ["terraform plan", "helm template a", "kubectl get pods", "npx plumbline provision"] {
		not pipeline.applies({"steps": [{"run": line}]})
	}
}
