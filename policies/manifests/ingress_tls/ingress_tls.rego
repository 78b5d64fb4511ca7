# METADATA
# title: 'Every Ingress is served over TLS, for its own hosts'
# custom:
#   requirements: [FR-009, NFR-002]
#   severity: high
#   message: 'every host of an Ingress is to be named and to have a certificate, but {found}'
#   solution: 'List the host under `tls` with the environment''s certificate.'
package manifests.ingress_tls

import data.lib.manifests

ingresses := manifests.objects({"Ingress"})

subjects := manifests.subjects(ingresses)

deny contains manifests.denial(ingress, sprintf("%s has none", [host])) if {
	some ingress in ingresses
	some rule in ingress.spec.rules
	host := object.get(rule, "host", "a rule without host")
	not host in {named | some entry in object.get(ingress.spec, "tls", []); some named in entry.hosts}
}
