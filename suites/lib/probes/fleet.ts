import type { V1Pod, V1ServicePort } from '@kubernetes/client-node'
import { claimedBy, endpoints, lookalike, outsider, type Endpoint, type Zone } from '../../intent/endpoints.ts'
import { environmentLabel, namespaceLabels, runLabel } from '../../intent/environments.ts'
import type { Protocol } from '../../intent/routes.ts'
import { budgets, type Budget } from '../budgets.ts'
import { converge } from '../converge.ts'
import type { RunRecord } from '../footprint.ts'
import { refusalOf } from '../platform/kubernetes.ts'
import type { ClusterClients } from '../platform/platform.ts'
import { endpointLabel, probePod, probeServices } from './manifests.ts'
import { makeNamespace } from './probe-namespace.ts'
import { podState } from './pod-status.ts'

/** Ports of the nodes that lead to an endpoint, by protocol. */
export type NodePorts = Partial<Record<Protocol, number>>

/** An endpoint whose pod runs, or the reason why it does not. */
export type Member =
  | { endpoint: Endpoint, namespace: string, ready: true, ip: string, node: string, nodeAddress: string, image: string, nodePorts?: NodePorts }
  | { endpoint: Endpoint, namespace: string, ready: false, why: string }

export interface Fleet {
  run: string
  members: readonly Member[]
  /** Milliseconds from the first creation until every pod was ready or given up. */
  milliseconds: number
}

/** What starting probes needs: the cluster, where environments live, and where to note what was made. */
export interface FleetWorld {
  clients: ClusterClients
  /** Lower-cased run id, the value of the run label. */
  run: string
  namespaceOf: (zone: Zone) => string
  record: RunRecord
  /** How long one pod may keep failing before it is given up; the usual budget when absent. */
  podStartFailure?: Budget
}

/** Namespace of the endpoints that stand outside all environments. */
export function outsiderNamespace(run: string): string {
  return `plumbline-probe-${run}`
}

/** Namespace that carries the labels of an environment. */
export function lookalikeNamespace(run: string): string {
  return `plumbline-probe-lookalike-${run}`
}

/**
 * Starts every probe pod and Service and waits, inside one budget, until each pod is ready or has failed for good. A pod that
 * cannot be had is a member that says why: its cells are not run, and nothing is concluded from them. Rejects only on cancellation.
 */
export async function startFleet(world: FleetWorld): Promise<Fleet> {
  const started = performance.now()
  const lost = new Map<string, string>()
  const nodePorts = new Map<string, NodePorts>()
  await Promise.all(([outsider, lookalike] as const).map(async (zone) => {
    const why = await makeNamespace(world, world.namespaceOf(zone), labelsOf(zone))
    if (why !== undefined) for (const endpoint of endpoints.filter((one) => one.zone === zone)) lost.set(endpoint.id, why)
  }))
  await Promise.all(endpoints.filter(({ id }) => !lost.has(id)).map(async (endpoint) => {
    const made = await createMember(world, endpoint)
    if (typeof made === 'string') lost.set(endpoint.id, made)
    else nodePorts.set(endpoint.id, made)
  }))
  const members = await waitForMembers(world, lost)
  return { run: world.run, members: members.map((member) => member.ready ? { ...member, nodePorts: nodePorts.get(member.endpoint.id) ?? {} } : member), milliseconds: performance.now() - started }
}

/**
 * Labels of a namespace of the run. The outsiders' is labelled like a part of the platform, and the look-alike's like an environment, so that
 * a policy which trusts such labels instead of the one that cannot be forged lets their pods in, and is found out.
 */
function labelsOf(zone: typeof outsider | typeof lookalike): Record<string, string> {
  const claimed = endpoints.filter((one) => one.zone === zone).map(claimedBy)[0] ?? 'production'
  return { ...namespaceLabels(claimed), ...(zone === outsider ? { [environmentLabel]: outsider } : {}) }
}

/** Makes the pod of an endpoint and its Services; the ports of the nodes that lead to it, or why there is no pod. */
async function createMember({ clients, run, namespaceOf, record }: FleetWorld, endpoint: Endpoint): Promise<NodePorts | string> {
  const namespace = namespaceOf(endpoint.zone)
  try {
    const pod = await clients.core.createNamespacedPod({ namespace, body: probePod(endpoint, namespace, run) })
    record.created(`Pod ${namespace}/${pod.metadata?.name ?? endpoint.name}`)
    const services = await Promise.all(probeServices(endpoint, namespace, run).map((body) => clients.core.createNamespacedService({ namespace, body })))
    for (const { metadata } of services) record.created(`Service ${namespace}/${metadata?.name ?? endpoint.name}`)
    return nodePortsOf(services.flatMap(({ spec }) => spec?.ports ?? []))
  }
  catch (error) {
    return `its pod could not be made in ${namespace}: ${refusalOf(error).message}`
  }
}

function nodePortsOf(ports: readonly V1ServicePort[]): NodePorts {
  const of = (wanted: Protocol) => ports.find(({ protocol, nodePort }) => protocol === wanted && nodePort !== undefined)?.nodePort
  const [tcp, udp] = [of('TCP'), of('UDP')]
  return { ...(tcp === undefined ? {} : { TCP: tcp }), ...(udp === undefined ? {} : { UDP: udp }) }
}

/** A member on its way: `settled` ends the waiting for it, `failing` may still recover. */
interface Progress {
  member: Member
  settled: boolean
  failing: boolean
}

/** Polls all namespaces at once; a pod that keeps failing is given up before the whole budget is used. */
async function waitForMembers(world: FleetWorld, lost: ReadonlyMap<string, string>): Promise<Member[]> {
  const failingSince = new Map<string, number>()
  const { podStartFailure = budgets.podStartFailure } = world
  const givenUp = ({ member, failing }: Progress): boolean => {
    if (!failing) {
      failingSince.delete(member.endpoint.id)
      return false
    }
    const since = failingSince.get(member.endpoint.id) ?? performance.now()
    failingSince.set(member.endpoint.id, since)
    return performance.now() - since > podStartFailure.milliseconds
  }
  const look = async (): Promise<Progress[]> => (await progressOf(world, lost)).map((one) => ({ ...one, settled: one.settled || givenUp(one) }))
  const found = await converge(look, budgets.probeFleetReady, { consecutive: 1, until: (all) => all.every(({ settled }) => settled) })
  return found.value.map(({ member, settled }) => settled || member.ready
    ? member
    : { ...member, why: `${member.why} after ${budgets.probeFleetReady.milliseconds / 1000} s` })
}

type Listing = ReadonlyMap<string, V1Pod> | string

async function progressOf({ clients, run, namespaceOf }: FleetWorld, lost: ReadonlyMap<string, string>): Promise<Progress[]> {
  const namespaces = [...new Set(endpoints.map(({ zone }) => namespaceOf(zone)))]
  const listings = new Map(await Promise.all(namespaces.map(async (namespace): Promise<[string, Listing]> => {
    try {
      const { items } = await clients.core.listNamespacedPod({ namespace, labelSelector: `${runLabel}=${run}` })
      return [namespace, new Map(items.map((pod) => [pod.metadata?.labels?.[endpointLabel] ?? '', pod]))]
    }
    catch (error) {
      return [namespace, `its pod could not be read: ${refusalOf(error).message}`]
    }
  })))
  return endpoints.map((endpoint) => {
    const place = { endpoint, namespace: namespaceOf(endpoint.zone) }
    const why = lost.get(endpoint.id)
    return why === undefined ? progress(place, listings.get(place.namespace)) : { member: { ...place, ready: false, why }, settled: true, failing: true }
  })
}

function progress(place: { endpoint: Endpoint, namespace: string }, listing: Listing | undefined): Progress {
  if (listing === undefined || typeof listing === 'string') {
    return { member: { ...place, ready: false, why: listing ?? 'its namespace was not listed' }, settled: false, failing: true }
  }
  const pod = listing.get(place.endpoint.name)
  if (pod === undefined) return { member: { ...place, ready: false, why: 'its pod is gone' }, settled: true, failing: true }
  const found = podState(pod)
  if (found.state === 'ready') return { member: { ...place, ready: true, ip: found.ip, node: found.node, nodeAddress: found.nodeAddress, image: found.image }, settled: true, failing: false }
  return { member: { ...place, ready: false, why: found.why }, settled: found.state === 'failed', failing: found.state === 'failing' }
}
