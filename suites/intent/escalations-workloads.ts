import { asks, row, type Ask, type Row } from './escalation.ts'

/** Everything that makes pods, with its API group. */
export const creators = [
  ['', 'pods'], ['apps', 'deployments'], ['apps', 'daemonsets'], ['apps', 'statefulsets'], ['apps', 'replicasets'], ['', 'replicationcontrollers'], ['batch', 'jobs'], ['batch', 'cronjobs'],
] as const

const createPods = asks('namespace', 'create', '', 'pods')
const foreign = (group: string, ...resources: string[]): Ask[] => asks('namespace', 'create update', group, ...resources)

/** Group C: running, entering and changing workloads. */
export const workloads: readonly Row[] = [
  ...creators.map(([group, resource]) => row(`C1-${resource}`, 'dry-run', asks('namespace', 'create', group, resource), {
    title: `start workloads: create ${resource}`, why: 'a pod runs as any account of its namespace, and mounts any Secret', source: 'GP RP IK',
  })),
  row('C2', 'dry-run', createPods, { title: 'start a pod that mounts a Secret of the namespace', why: 'reads Secrets without the right to', source: 'GP' }),
  ...creators.map(([group, resource]) => row(resource === 'pods' ? 'C4' : `C3-${resource}`, 'real', asks('namespace', 'patch update', group, resource), {
    title: `change workloads: ${resource}`, why: 'code in somebody else\'s pod, with its account', source: resource === 'pods' ? 'RP KH IK' : 'RP IK KS',
  })),
  row('C5', 'real', asks('namespace', 'create get', '', 'pods/exec'), { title: 'enter a pod', why: 'a shell; get is enough over a WebSocket', source: 'RP KS IK KH ST' }),
  row('C6', 'real', asks('namespace', 'create get', '', 'pods/attach'), { title: 'attach to a pod', why: 'its standard input', source: 'KS' }),
  row('C7', 'real', asks('namespace', 'patch update', '', 'pods/ephemeralcontainers'), { title: 'add a debugging container', why: 'enters the pod with another image', source: 'RP IK' }),
  row('C8', 'real', asks('namespace', 'create get', '', 'pods/portforward'), { title: 'forward a port', why: 'reaches pods through the API server, round the network policies', source: 'KE' }),
  row('C8-proxy', 'real', asks('namespace', 'get create update patch delete', '', 'pods/proxy', 'services/proxy'), {
    title: 'call pods and services through the API server', why: 'round the network policies; with endpoints of one\'s own to anywhere', source: 'KE kubernetes#58761',
  }),
  row('C9', 'real', asks('namespace', 'get', '', 'pods/log'), { title: 'read the logs of a pod', why: 'secrets are written there by mistake', source: 'recalled' }),
  row('C10', 'real', asks('namespace', 'patch update create', 'apps', 'controllerrevisions'), { title: 'change a kept revision', why: 'the next rollback applies it', source: 'recalled' }),
  row('C11', 'real', asks('namespace', 'create', '', 'pods/binding', 'bindings'), { title: 'put a pod onto a node', why: 'past the scheduler, beside whoever is there', source: 'KH' }),
  row('C12', 'real', asks('namespace', 'delete', '', 'pods'), { title: 'delete pods', why: 'moves a powerful pod to a node of one\'s choice', source: 'RP' }),
  row('C12-eviction', 'real', asks('namespace', 'create', '', 'pods/eviction'), { title: 'evict pods', why: 'the same, with good manners', source: 'RP' }),
  row('C13', 'real', asks('namespace', 'patch update', '', 'pods/status', 'services/status'), { title: 'write the status of pods and Services', why: 'catches the traffic of others (CVE-2020-8554)', source: 'RP' }),
  row('C14', 'real', asks('namespace', 'patch update', '', 'configmaps'), { title: 'change a ConfigMap', why: 'that of CoreDNS or kube-proxy is traffic for everybody', source: 'RP KE' }),
  row('C15', 'review', [
    ...foreign('argoproj.io', 'applications'), ...foreign('kustomize.toolkit.fluxcd.io', 'kustomizations'), ...foreign('helm.toolkit.fluxcd.io', 'helmreleases'), ...foreign('tekton.dev', 'pipelineruns'),
  ], { title: 'have an operator apply manifests', why: 'runs with the operator\'s rights', source: 'recalled' }),
]
