package pipeline.platform_control_plane_test

import data.lib.examples
import data.pipeline.platform_control_plane as rule

test_judges_the_platform_and_denies_nothing if {
	rule.subjects == {"platform.yaml controlPlane"} with input as data.lib.examples.pipeline
	rule.deny == set() with input as data.lib.examples.pipeline
}

test_alone if {
	rule.deny == {{"subject": "platform.yaml controlPlane", "found": "it has no replicas"}} with input as examples.pipeline_with("platforms", "platform.yaml", ["controlPlane", "highAvailability"], false)
}

test_not_audited if {
	rule.deny == {{"subject": "platform.yaml controlPlane", "found": "it keeps no audit log"}} with input as examples.pipeline_without("platforms", "platform.yaml", ["controlPlane", "auditLogs"])
}

test_open if {
	rule.deny == {{"subject": "platform.yaml controlPlane", "found": "everybody may reach it (0.0.0.0/0)"}} with input as examples.pipeline_without("platforms", "platform.yaml", ["controlPlane", "allowedAddresses"])
}

test_standard_has_no_audit_log if {
	rule.deny == set() with input as json.patch(data.lib.examples.pipeline, [{"op": "replace", "path": "platforms/0/content/tier", "value": "standard"}, {"op": "replace", "path": "platforms/0/content/controlPlane/auditLogs", "value": false}])
}
