package manifests.guardrails_refuse_test

import data.lib.examples
import data.manifests.guardrails_refuse as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"ValidatingAdmissionPolicy plumbline-workloads", "ValidatingAdmissionPolicyBinding plumbline-workloads"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_ignore if {
	rule.deny == {{"subject": "ValidatingAdmissionPolicy plumbline-workloads", "found": "this one lets pass what it cannot judge"}} with input as examples.manifests_with("ValidatingAdmissionPolicy", "plumbline-workloads", ["spec", "failurePolicy"], "Ignore")
}

test_warn if {
	rule.deny == {{"subject": "ValidatingAdmissionPolicyBinding plumbline-workloads", "found": "this one only does Audit, Warn"}} with input as examples.manifests_with("ValidatingAdmissionPolicyBinding", "plumbline-workloads", ["spec", "validationActions"], ["Warn", "Audit"])
}
