import type { PodShapeId } from '../../intent/escalations-nodes.ts'
import { probeContainer, probeImage, restrictedContainer, restrictedReplica } from './manifests.ts'

interface Shape {
  pod?: Readonly<Record<string, unknown>>
  security?: Readonly<Record<string, unknown>>
  /** Folder of the node that is mounted. */
  mounts?: string
}

const privileged = { privileged: true, allowPrivilegeEscalation: true }
const capability = (name: string): Shape => ({ security: { capabilities: { drop: ['ALL'], add: [name] } } })

/** By what each shape departs from a pod that every environment takes. */
const shapes: Readonly<Record<PodShapeId, Shape>> = {
  'D1': { pod: { hostPID: true, hostIPC: true, hostNetwork: true }, security: privileged, mounts: '/' },
  'D2': { pod: { hostPID: true }, security: privileged },
  'D3': { security: privileged },
  'D4': { mounts: '/' },
  'D5': { pod: { hostPID: true } },
  'D6': { pod: { hostNetwork: true } },
  'D7': { pod: { hostIPC: true } },
  'D8': {},
  'D9-sys-admin': capability('SYS_ADMIN'),
  'D9-sys-ptrace': capability('SYS_PTRACE'),
  'D9-sys-module': capability('SYS_MODULE'),
  'D9-dac-read-search': capability('DAC_READ_SEARCH'),
  'D9-net-raw': capability('NET_RAW'),
  'D9-var-log': { mounts: '/var/log' },
  'D9-runtime-socket': { mounts: '/run/containerd/containerd.sock' },
  'D9-proc': { mounts: '/proc' },
  'D9-sys': { mounts: '/sys' },
  'D9-root': { security: { runAsNonRoot: false, runAsUser: 0 } },
  'D9-capabilities-kept': { security: { capabilities: {} } },
  'D9-unconfined': { security: { seccompProfile: { type: 'Unconfined' } } },
}

/** What Pod Security alone refuses: the guardrail of workloads is about the node, and lets Deployments of these through, whose pods are then refused. */
export const podsOnly: ReadonlySet<PodShapeId> = new Set(['D9-root', 'D9-capabilities-kept', 'D9-unconfined'])

/** The spec of a pod of this shape, complete in everything else. */
export function podOf(shape: PodShapeId): Record<string, unknown> {
  const { pod = {}, security = {}, mounts } = shapes[shape]
  return {
    ...restrictedReplica,
    ...pod,
    containers: [{
      name: probeContainer, image: probeImage, resources: restrictedContainer.resources,
      securityContext: { ...restrictedContainer.securityContext, ...security },
      ...mounts === undefined ? {} : { volumeMounts: [{ name: 'node', mountPath: '/node' }] },
    }],
    ...mounts === undefined ? {} : { volumes: [{ name: 'node', hostPath: { path: mounts } }] },
  }
}

export interface Named { name: string, labels: Readonly<Record<string, string>> }

/** What makes pods with this spec, by resource: one of the eight creators. */
export function workloadOf(resource: string, { name, labels }: Named, spec: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const metadata = { name, labels }
  const template = { metadata: { labels }, spec }
  const selector = { matchLabels: labels }
  const once = { template: { ...template, spec: { ...spec, restartPolicy: 'Never' } } }
  const makers: Readonly<Record<string, () => Record<string, unknown>>> = {
    pods: () => ({ apiVersion: 'v1', kind: 'Pod', metadata, spec }),
    replicationcontrollers: () => ({ apiVersion: 'v1', kind: 'ReplicationController', metadata, spec: { replicas: 1, selector: labels, template } }),
    deployments: () => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { selector, template } }),
    replicasets: () => ({ apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata, spec: { selector, template } }),
    daemonsets: () => ({ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata, spec: { selector, template } }),
    statefulsets: () => ({ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata, spec: { serviceName: name, selector, template } }),
    jobs: () => ({ apiVersion: 'batch/v1', kind: 'Job', metadata, spec: once }),
    cronjobs: () => ({ apiVersion: 'batch/v1', kind: 'CronJob', metadata, spec: { schedule: '0 0 1 1 *', jobTemplate: { spec: once } } }),
  }
  const make = makers[resource]
  if (make === undefined) throw new TypeError(`expected one of ${Object.keys(makers).join(', ')}, got ${resource}`)
  return make()
}
