import { outsider, type Endpoint } from '../../../suites/intent/endpoints.ts'
import { cellId, type IntendedCell } from '../../../suites/intent/routes.ts'
import { reading } from '../../../suites/lib/platform/kubernetes.ts'
import { agentsIn, type ReadyMember } from '../../../suites/lib/probes/agents.ts'
import type { Fleet } from '../../../suites/lib/probes/fleet.ts'
import { runLabels } from '../../../suites/lib/probes/manifests.ts'
import { ownNamespace, type OwnPlace } from '../../../suites/lib/probes/own-namespace.ts'
import { observeTraffic, settleRoutes } from '../../../suites/lib/probes/pass.ts'
import { startMember } from '../../../suites/lib/probes/run-pod.ts'
import { removeFootprint } from '../../../suites/lib/footprint.ts'
import { pods, protocols, zones, type Round, type Size } from './sizes.ts'
import type { BenchWorld } from './world.ts'

/** Our own probes of every cell, as the verifier: pods in namespaces of the run, one exec for each, and each far side's log. */
export async function ourRounds(world: BenchWorld, size: Size, rounds: number): Promise<Round[]> {
  const { platform, run } = world
  // Nobody reads what was made: all that carries the label is removed in the end.
  const place: OwnPlace = { platform, run: { label: run, created: () => undefined, took: () => undefined } }
  const namespaces = await Promise.all(zones.map((zone) => ownNamespace(place, `bench-${zone}`)))
  try {
    const [first = ''] = namespaces
    if (size.closed) await reading('plant a denial', platform.cluster.networking.createNamespacedNetworkPolicy({ namespace: first, body: { metadata: { name: 'closed', labels: runLabels(run) }, spec: { podSelector: {}, policyTypes: ['Ingress'] } } }))
    const members = await Promise.all(zones.flatMap((zone, at) => pods.map((pod) => startMember(place, endpointOf(zone, pod), { namespace: namespaces[at] ?? '', listening: { ports: size.ports, names: { TCP: 'tcp', UDP: 'udp' } } }))))
    const fleet: Fleet = { run, members, milliseconds: 0 }
    const agents = agentsIn(platform, run)
    await settleRoutes(fleet, agents, cellsAt(members, size).filter(({ intended }) => intended === 'allow'))
    const done: Round[] = []
    for (let round = 0; round < rounds; round += 1) done.push(await once(fleet, agents, cellsAt(members, size)))
    return done
  }
  finally {
    await removeFootprint(platform, run, [])
  }
}

async function once(fleet: Fleet, agents: ReturnType<typeof agentsIn>, cells: readonly IntendedCell[]): Promise<Round> {
  const { attempts, seconds } = await observeTraffic(fleet, agents, cells)
  const seen = cells.map(({ id }) => attempts.get(id)?.verdict)
  const allowed = seen.filter((verdict) => verdict === 'delivered').length
  const blocked = seen.filter((verdict) => verdict === 'dropped' || verdict === 'rejected').length
  return { seconds, allowed, blocked, failed: cells.length - allowed - blocked }
}

function endpointOf(zone: string, pod: string): Endpoint {
  return { id: `${zone}/${pod}`, zone: outsider, name: `${zone}-${pod}`, exposure: 'outsider' }
}

/** Every ordered pair, each pod with itself among them, over every port and protocol. */
function cellsAt(members: readonly ReadyMember[], { ports, closed }: Size): IntendedCell[] {
  const [first] = zones
  return members.flatMap(({ endpoint: from }) => members.flatMap(({ endpoint: to }) => ports.flatMap((port) => protocols.map((protocol): IntendedCell => {
    const id = `${cellId(from, to, 'pod-ip', protocol)} ${port}`
    const shut = closed && to.id.startsWith(`${first}/`) && from.id !== to.id
    return { id, from, to, route: 'pod-ip', protocol, port, intended: shut ? 'deny' : 'allow', control: id }
  }))))
}
