package plan.outputs_hide_secrets_test

import data.lib.examples
import data.plan.outputs_hide_secrets as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"output.access_tokens", "output.audit", "output.audit_reader_key", "output.audit_writer_key", "output.cluster", "output.database", "output.database_admin", "output.environments", "output.firewall", "output.kubeconfig", "output.object_storage_key", "output.pools", "output.secrets", "output.state"} with input as data.lib.examples.plan
	rule.deny == set() with input as data.lib.examples.plan
}

test_kubeconfig_in_the_open if {
	rule.deny == {{"subject": "output.kubeconfig", "found": "its name says that it does"}} with input as examples.plan_output(["kubeconfig", "after_sensitive"], false)
}

test_password_inside if {
	rule.deny == {{"subject": "output.database", "found": "its value has password"}} with input as examples.plan_output(["database", "after", "password"], "x")
}
