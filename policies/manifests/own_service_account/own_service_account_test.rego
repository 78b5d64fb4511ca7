package manifests.own_service_account_test

import data.lib.examples
import data.manifests.own_service_account as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"DaemonSet log-collection/vlagent", "Deployment development/sample-service"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_default if {
	rule.deny == {{"subject": "Deployment development/sample-service", "found": "this one runs as default"}} with input as examples.manifests_without("Deployment", "sample-service", ["spec", "template", "spec", "serviceAccountName"])
}
