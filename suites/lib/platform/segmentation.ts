import type { V1NetworkPolicy, V1Pod } from '@kubernetes/client-node'
import { runLabel } from '../../intent/environments.ts'
import { IndeterminateError } from '../indeterminate.ts'
import type { PodParty, Segmentation } from '../segmentation/compute.ts'
import { policySchema, protocols, type Policy, type Protocol } from '../segmentation/policy.ts'
import { reading } from './kubernetes.ts'
import type { ClusterClients } from './platform.ts'

/** The policies in force in some namespaces, and the run's own pods there, by `namespace/name`. */
export interface LiveSegmentation extends Segmentation {
  pods: ReadonlyMap<string, PodParty>
}

/** Reads all of it from the API server at once. Rejects with IndeterminateError when something cannot be read or is not understood. */
export async function readSegmentation({ core, networking }: ClusterClients, { namespaces, run }: { namespaces: readonly string[], run: string }): Promise<LiveSegmentation> {
  const [all, ...places] = await Promise.all([
    reading('list the namespaces with their labels', core.listNamespace()),
    ...namespaces.map(async (namespace) => {
      const [policies, pods] = await Promise.all([
        reading(`list the network policies in ${namespace}`, networking.listNamespacedNetworkPolicy({ namespace })),
        reading(`list the pods of the run in ${namespace}`, core.listNamespacedPod({ namespace, labelSelector: `${runLabel}=${run}` })),
      ])
      return { policies: policies.items.map(policyOf), pods: pods.items.flatMap(partyOf) }
    }),
  ])
  return {
    namespaces: new Map(all.items.map(({ metadata }) => [metadata?.name ?? '', metadata?.labels ?? {}])),
    policies: places.flatMap(({ policies }) => policies),
    pods: new Map(places.flatMap(({ pods }) => pods)),
  }
}

/** A policy as the client has it. Rejects what the computed table does not know with IndeterminateError. */
export function policyOf(live: V1NetworkPolicy): Policy {
  const { name, namespace } = live.metadata ?? {}
  const parsed = policySchema.safeParse(plain({ metadata: { name, namespace }, spec: live.spec }))
  if (parsed.success) return parsed.data
  const where = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)[0]
  throw new IndeterminateError(`expected the network policy ${String(name)}@${String(namespace)} to be of a kind that the computed table knows, but ${String(where)}`)
}

/** The object as JSON. The client calls the field `from` by another name, since that is a word of its own language. */
function plain(object: unknown): unknown {
  return JSON.parse(JSON.stringify(object), (_, held: unknown) => {
    if (typeof held !== 'object' || held === null || !('_from' in held)) return held
    const { _from: from, ...rest } = held
    return { ...rest, from }
  })
}

function partyOf({ metadata, spec, status }: V1Pod): [string, PodParty][] {
  const { name, namespace, labels = {} } = metadata ?? {}
  if (name === undefined || namespace === undefined || status?.podIP === undefined) return []
  const ports = (spec?.containers ?? []).flatMap((container) => container.ports ?? [])
    .flatMap(({ name: port, containerPort, protocol }) => port === undefined ? [] : [{ name: port, port: containerPort, protocol: protocolOf(protocol) }])
  return [[`${namespace}/${name}`, { kind: 'pod', namespace, labels, ip: status.podIP, ports }]]
}

function protocolOf(text: string | undefined): Protocol {
  return protocols.find((protocol) => protocol === text) ?? 'TCP'
}
