import { asks, named, rbac, row, type Ask, type Row } from './escalation.ts'
import { creators } from './escalations-workloads.ts'

const run = creators.flatMap(([group, resource]): Ask[] => asks('namespace', 'create', group, resource))
const signer = 'kubernetes.io/kube-apiserver-client'
const certificates = 'certificates.k8s.io'

type Told = Pick<Row, 'title' | 'why' | 'source'>

/** Held when of each part at least one right is held by the same identity, in the same scope. */
function combination(id: string, parts: readonly (readonly Ask[])[], told: Told): Row {
  return row(id, 'review', parts.flat(), { ...told, parts })
}

/** Group F: rights that are harmless one by one. */
export const combinations: readonly Row[] = [
  combination('F1', [run, [...asks('namespace', 'patch update', '', 'namespaces'), ...asks('cluster', 'patch update', '', 'namespaces')]], { title: 'start workloads, and lower Pod Security', why: 'privileged pods', source: 'IK' }),
  combination('F2', [asks('namespace', 'create', '', 'secrets'), run], { title: 'make token Secrets, and start workloads that mount them', why: 'the token of any account, unless admission refuses such Secrets', source: 'IK' }),
  combination('F3', [asks('cluster', 'create', '', 'persistentvolumes'), run], { title: 'make volumes, and start workloads that claim them', why: 'the disk of a node', source: 'IK' }),
  combination('F4', [[...asks('namespace', 'delete', '', 'pods'), ...asks('namespace', 'create', '', 'pods/eviction')], asks('cluster', 'patch update', '', 'nodes', 'nodes/status')], { title: 'remove pods, and close nodes', why: 'pulls a powerful pod to one\'s own node', source: 'RP' }),
  combination('F5', [
    asks('cluster', 'create', certificates, 'certificatesigningrequests'), asks('cluster', 'update patch', certificates, 'certificatesigningrequests/approval'), named(signer, asks('cluster', 'approve', certificates, 'signers')),
  ], { title: 'ask for a certificate, and approve it', why: 'any identity', source: 'RP IK' }),
  combination('F6', [
    [...asks('namespace', 'create update patch', '', 'endpoints'), ...asks('namespace', 'create update patch', 'discovery.k8s.io', 'endpointslices')], asks('namespace', 'get create', '', 'services/proxy'),
  ], { title: 'write endpoints, and call them through the API server', why: 'reaches everything that the API server reaches', source: 'kubernetes#58761' }),
  combination('F7', [run, asks('namespace', 'impersonate', '', 'serviceaccounts')], { title: 'the role edit where a powerful account lives', why: 'acts as that account', source: 'bootstrappolicy/policy.go' }),
  combination('F8', [asks('namespace', 'create get', '', 'pods/portforward'), asks('namespace', 'create update patch', 'networking.k8s.io', 'networkpolicies')], { title: 'forward ports, and change network policies', why: 'into every network that the pod reaches', source: 'KE' }),
  combination('F9', [asks('namespace', 'patch update create', 'apps', 'controllerrevisions'), asks('namespace', 'patch update', 'apps', 'daemonsets', 'statefulsets')], { title: 'change kept revisions, and roll back', why: 'a rollback that applies something else', source: 'recalled' }),
  combination('F10', [asks('namespace', 'create', rbac, 'rolebindings'), [...asks('namespace', 'bind', rbac, 'roles', 'clusterroles')]], { title: 'make bindings, and bind what one does not hold', why: 'any right', source: 'GP KS MB' }),
]
