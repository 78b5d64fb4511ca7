package manifests.no_privilege_test

import data.lib.examples
import data.manifests.no_privilege as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"DaemonSet log-collection/vlagent", "Deployment development/sample-service"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_privileged if {
	rule.deny == {{"subject": "Deployment development/sample-service", "found": "container sample-service is privileged"}} with input as examples.manifests_with("Deployment", "sample-service", ["spec", "template", "spec", "containers", 0, "securityContext", "privileged"], true)
}

test_escalation_unsaid if {
	rule.deny == {{"subject": "Deployment development/sample-service", "found": "container sample-service may gain privileges"}} with input as examples.manifests_without("Deployment", "sample-service", ["spec", "template", "spec", "containers", 0, "securityContext", "allowPrivilegeEscalation"])
}
