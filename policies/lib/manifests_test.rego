package lib.manifests_test

import data.lib.manifests

test_the_containers_of_every_kind_of_workload_are_found if {
	spec := {"containers": [{"name": "a"}], "initContainers": [{"name": "b"}]}
	found := [{"name": "a"}, {"name": "b"}]
	manifests.containers({"kind": "Pod", "spec": spec}) == found
	manifests.containers({"kind": "Job", "spec": {"template": {"spec": spec}}}) == found
	manifests.containers({"kind": "CronJob", "spec": {"jobTemplate": {"spec": {"template": {"spec": spec}}}}}) == found
}

test_a_container_overrules_its_pod if {
	pod := {"kind": "Pod", "spec": {"securityContext": {"runAsUser": 1, "runAsGroup": 2}}}
	manifests.security(pod, {"securityContext": {"runAsUser": 3}}, "runAsUser") == 3
	manifests.security(pod, {}, "runAsGroup") == 2
	manifests.security(pod, {}, "runAsNonRoot") == "unset"
}

test_an_object_is_called_by_its_namespace if {
	manifests.subject({"kind": "Role", "metadata": {"name": "a", "namespace": "b"}}) == "Role b/a"
	manifests.subject({"kind": "Namespace", "metadata": {"name": "a"}}) == "Namespace a"
}
