import type { V1Node, V1Pod } from '@kubernetes/client-node'
import { runLabel } from '../../intent/environments.ts'
import { reading } from './kubernetes.ts'
import type { Platform } from './platform.ts'

/** Label of a node that says what its pool is for. */
export const purposeLabel = 'plumbline.dev/purpose'

export interface NodeFact {
  name: string
  uid: string
  purpose: string | undefined
  ready: boolean
  /** Takes new pods. */
  schedulable: boolean
}

/** Every node of the cluster. Rejects with IndeterminateError when they cannot be listed. */
export async function readNodes({ cluster: { core } }: Pick<Platform, 'cluster'>): Promise<NodeFact[]> {
  const { items } = await reading('list the nodes', core.listNode())
  return items.map(nodeFact)
}

function nodeFact({ metadata, spec, status }: V1Node): NodeFact {
  return {
    name: metadata?.name ?? '', uid: metadata?.uid ?? '', purpose: metadata?.labels?.[purposeLabel], schedulable: spec?.unschedulable !== true,
    ready: isReady(status?.conditions),
  }
}

/** A pod of a workload that is started anew when it goes; `service` is its ReplicaSet's name without what tells revisions apart. */
export interface ServicePod { namespace: string, name: string, service: string, node: string | undefined, ready: boolean }

/** Pods of the platform's own services. Those of runs, and of what has one pod per node, are left out. Rejects with IndeterminateError when they cannot be listed. */
export async function servicePods({ cluster: { core } }: Pick<Platform, 'cluster'>): Promise<ServicePod[]> {
  const { items } = await reading('list the pods', core.listPodForAllNamespaces({ labelSelector: `!${runLabel}` }))
  return items.flatMap(servicePod)
}

function servicePod({ metadata: { name = '', namespace = '', ownerReferences = [], deletionTimestamp } = {}, spec, status }: V1Pod): ServicePod[] {
  const owner = ownerReferences.find(({ kind }) => kind === 'ReplicaSet')
  if (owner === undefined || deletionTimestamp !== undefined) return []
  return [{ namespace, name, service: owner.name.replace(/-[^-]+$/, ''), node: spec?.nodeName, ready: isReady(status?.conditions) }]
}

function isReady(conditions: readonly { type: string, status: string }[] = []): boolean {
  return conditions.some(({ type, status }) => type === 'Ready' && status === 'True')
}

/** One sentence for each service that had a ready pod before and has none now. */
export function missingServices(before: readonly ServicePod[], after: readonly ServicePod[]): string[] {
  const key = ({ namespace, service }: ServicePod): string => `${namespace}/${service}`
  const there = new Set(after.filter(({ ready }) => ready).map(key))
  return [...new Set(before.filter(({ ready }) => ready).map(key))].filter((one) => !there.has(one)).map((one) => `expected ${one} to have a pod that is ready again, but it has none`)
}
