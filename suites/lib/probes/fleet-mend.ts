import type { V1Pod } from '@kubernetes/client-node'
import { runLabel } from '../../intent/environments.ts'
import { budgets } from '../budgets.ts'
import { converge } from '../converge.ts'
import { refusalOf } from '../platform/kubernetes.ts'
import type { Fleet, FleetWorld, Member } from './fleet.ts'
import { probeName, probePod } from './manifests.ts'
import { lastsLong, podState, type PodState } from './pod-status.ts'

interface Mending extends Pick<FleetWorld, 'clients' | 'record'> {
  /** A node that no member may be on; one that is gets a pod elsewhere. */
  notOn?: string | undefined
}

/**
 * The same fleet, with a new pod for each member whose pod is gone, has ended, or will end soon. Services stay, and lead to the new pod. A pod that cannot be had
 * is a member that says why. Rejects only on cancellation.
 */
export async function mendFleet(world: Mending, fleet: Fleet): Promise<Fleet> {
  const started = performance.now()
  const members = await Promise.all(fleet.members.map((member) => mended(world, fleet.run, member)))
  return { ...fleet, members, milliseconds: performance.now() - started }
}

async function mended(world: Mending, run: string, member: Member): Promise<Member> {
  const { endpoint, namespace } = member
  const place = { namespace, name: probeName(endpoint, run) }
  try {
    const found = await podIn(world, run, place)
    if (found !== undefined && lastsLong(found) && found.spec?.nodeName !== (world.notOn ?? '')) return memberOf(member, podState(found))
    return memberOf(member, await startedAnew(world, run, { member, found, place }))
  }
  catch (error) {
    return { endpoint, namespace, ready: false, why: `its pod could not be started anew: ${refusalOf(error).message}` }
  }
}

/** Listed and not read: a node that is lost takes its pods' names with it only after a while. */
async function podIn({ clients: { core } }: Mending, run: string, { namespace, name }: { namespace: string, name: string }): Promise<V1Pod | undefined> {
  const { items } = await core.listNamespacedPod({ namespace, labelSelector: `${runLabel}=${run}` })
  return items.find(({ metadata }) => metadata?.name === name)
}

async function startedAnew(world: Mending, run: string, { member, found, place }: { member: Member, found: V1Pod | undefined, place: { namespace: string, name: string } }): Promise<PodState> {
  const { clients: { core }, record } = world
  if (found !== undefined) {
    await core.deleteNamespacedPod({ ...place, gracePeriodSeconds: 0 })
    await converge(() => podIn(world, run, place), budgets.workloadStart, { consecutive: 1, until: (left) => left === undefined })
  }
  await core.createNamespacedPod({ namespace: place.namespace, body: probePod(member.endpoint, place.namespace, run, { notOn: world.notOn }) })
  record.created(`Pod ${place.namespace}/${place.name}`)
  const look = async (): Promise<PodState> => {
    const pod = await podIn(world, run, place)
    return pod === undefined ? { state: 'failed', why: 'its pod is gone' } : podState(pod)
  }
  return (await converge(look, budgets.probeFleetReady, { consecutive: 1, until: ({ state }) => state === 'ready' || state === 'failed' })).value
}

function memberOf(member: Member, state: PodState): Member {
  const { endpoint, namespace } = member
  if (state.state !== 'ready') return { endpoint, namespace, ready: false, why: state.why }
  const { ip, node, nodeAddress, image } = state
  return { endpoint, namespace, ready: true, ip, node, nodeAddress, image, ...(member.ready && member.nodePorts !== undefined ? { nodePorts: member.nodePorts } : {}) }
}
