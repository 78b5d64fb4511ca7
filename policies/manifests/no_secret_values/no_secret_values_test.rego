package manifests.no_secret_values_test

import data.lib.examples
import data.manifests.no_secret_values as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"ConfigMap development/hpa-defaults", "DaemonSet log-collection/vlagent", "Deployment development/sample-service"} with input as data.lib.examples.manifests
	rule.deny == set() with input as data.lib.examples.manifests
}

test_secret if {
	rule.deny == {{"subject": "Secret development/s", "found": "this one is rendered in the clear"}} with input as examples.manifests_and({"kind": "Secret", "metadata": {"namespace": "development", "name": "s"}})
}

test_key if {
	rule.deny == {{"subject": "ConfigMap development/hpa-defaults", "found": "its key db_password is called like one"}} with input as examples.manifests_with("ConfigMap", "hpa-defaults", ["data", "db_password"], "x")
}

test_private_key if {
	rule.deny == {{"subject": "ConfigMap development/hpa-defaults", "found": "its data x.pem has a private key"}} with input as examples.manifests_with("ConfigMap", "hpa-defaults", ["data", "x.pem"], "-----BEGIN RSA PRIVATE KEY-----")
}

test_variable if {
	rule.deny == {{"subject": "Deployment development/sample-service", "found": "sample-service has DB_PASSWORD as a plain variable"}} with input as examples.manifests_with("Deployment", "sample-service", ["spec", "template", "spec", "containers", 0, "env", 0], {"name": "DB_PASSWORD", "value": "x"})
}
