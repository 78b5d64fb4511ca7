import { asks, named, row, type Row } from './escalation.ts'

const admission = 'admissionregistration.k8s.io'
const flow = 'flowcontrol.apiserver.k8s.io'
const write = 'create update patch delete'

/** Group E: admission, segmentation and the control plane. */
export const controlPlane: readonly Row[] = [
  row('E1', 'dry-run', asks('cluster', write, admission, 'validatingwebhookconfigurations', 'mutatingwebhookconfigurations'), { title: 'change admission webhooks', why: 'reads and changes every request, or stops the checks', source: 'GP RP KE CIS' }),
  row('E2', 'real', asks('cluster', 'delete create update patch', admission, 'validatingadmissionpolicies', 'validatingadmissionpolicybindings', 'mutatingadmissionpolicies', 'mutatingadmissionpolicybindings'), {
    title: 'change guardrails', why: 'admission is off, and nobody sees it', source: 'recalled',
  }),
  row('E3', 'dry-run', asks('cluster', 'create update patch', 'apiextensions.k8s.io', 'customresourcedefinitions'), { title: 'change resource definitions', why: 'a conversion webhook sees and changes every object', source: 'recalled' }),
  row('E4', 'dry-run', asks('cluster', 'create update patch', 'apiregistration.k8s.io', 'apiservices'), { title: 'take over an API group', why: 'every request to it, with its credentials', source: 'recalled' }),
  row('E5', 'real', [...asks('cluster', 'patch update', '', 'namespaces'), ...asks('namespace', 'patch update', '', 'namespaces')], { title: 'change the labels of a namespace', why: 'lowers Pod Security, and is taken for another environment', source: 'GP IK' }),
  row('E6', 'dry-run', asks('cluster', 'create', '', 'namespaces'), { title: 'make a namespace that looks like an environment', why: 'selectors by label take it for one', source: 'recalled' }),
  row('E7', 'review', asks('namespace', 'patch', '', 'pods'), { title: 'relabel a pod', why: 'takes a trusted label', source: 'recalled' }),
  row('E8', 'dry-run', asks('namespace', 'create update patch delete deletecollection', 'networking.k8s.io', 'networkpolicies'), { title: 'change network policies', why: 'opens a way of one\'s own', source: 'MB' }),
  row('E8-engine', 'real', [
    ...asks('cluster', 'delete create update patch', 'crd.projectcalico.org', 'globalnetworkpolicies'), ...asks('namespace', 'create update patch delete', 'crd.projectcalico.org', 'networkpolicies'),
    ...asks('cluster', 'create update patch delete', 'policy.networking.k8s.io', 'adminnetworkpolicies', 'baselineadminnetworkpolicies'),
  ], { title: 'change policies of the network engine', why: 'they come before the network policies of an environment', source: 'MB' }),
  row('E9', 'dry-run', [...asks('namespace', 'create update patch', '', 'endpoints'), ...asks('namespace', 'create update patch', 'discovery.k8s.io', 'endpointslices')], {
    title: 'write endpoints', why: 'a Service leads into another environment (CVE-2021-25740)', source: 'RP',
  }),
  row('E9-services', 'dry-run', [...asks('namespace', 'create update patch', '', 'services'), ...asks('namespace', 'create update patch', 'networking.k8s.io', 'ingresses')], {
    title: 'change Services and Ingresses', why: 'external addresses and names of others (CVE-2020-8554)', source: 'RP',
  }),
  row('E9-gateway', 'review', asks('namespace', 'create update', 'gateway.networking.k8s.io', 'httproutes', 'referencegrants'), { title: 'route into another namespace', why: 'a confused gateway', source: 'recalled' }),
  row('E10', 'dry-run', asks('namespace', write, '', 'resourcequotas', 'limitranges'), { title: 'change quotas and limits', why: 'takes what is meant for others', source: 'GP MB' }),
  row('E10-priority', 'dry-run', [...asks('cluster', write, 'scheduling.k8s.io', 'priorityclasses'), ...asks('cluster', write, flow, 'flowschemas', 'prioritylevelconfigurations')], {
    title: 'change priorities', why: 'puts pods and requests of others out', source: 'recalled',
  }),
  row('E11', 'real', [...asks('namespace', 'delete deletecollection', '', 'events'), ...asks('namespace', 'delete deletecollection', 'events.k8s.io', 'events')], { title: 'delete events', why: 'covers tracks', source: 'KE' }),
  row('E11-collector', 'real', [...asks('namespace', 'delete patch update', 'apps', 'daemonsets'), ...named('audit-forwarder', asks('namespace', 'delete patch update', 'apps', 'deployments'))], {
    title: 'stop the collectors of logs and records', why: 'what comes next leaves no trace', source: 'KE',
  }),
  row('E12', 'real', asks('namespace', 'patch update create delete', 'coordination.k8s.io', 'leases'), { title: 'take a lease', why: 'stops controllers, or makes nodes look dead', source: 'recalled' }),
  row('E13', 'review', [...asks('cluster', 'create update patch delete', 'constraints.gatekeeper.sh', 'k8spspprivilegedcontainer'), ...asks('namespace', 'create update patch', 'kyverno.io', 'policyexceptions')], {
    title: 'except oneself from a policy engine', why: 'its checks are off for a namespace', source: 'recalled',
  }),
  row('E14', 'review', asks('namespace', 'create update patch', 'monitoring.coreos.com', 'prometheusrules', 'servicemonitors'), { title: 'have the metrics collector call out', why: 'it sends its token along', source: 'recalled' }),
]
