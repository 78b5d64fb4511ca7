import { outsider, type Endpoint } from '../../../suites/intent/endpoints.ts'
import { cellId, type IntendedCell } from '../../../suites/intent/routes.ts'
import { budgets } from '../../../suites/lib/budgets.ts'
import { converge } from '../../../suites/lib/converge.ts'
import { reading } from '../../../suites/lib/platform/kubernetes.ts'
import { agentsIn, type ReadyMember } from '../../../suites/lib/probes/agents.ts'
import type { Fleet } from '../../../suites/lib/probes/fleet.ts'
import { probeName, probePod, runLabels } from '../../../suites/lib/probes/manifests.ts'
import { makeNamespace } from '../../../suites/lib/probes/probe-namespace.ts'
import { observeTraffic, settleRoutes } from '../../../suites/lib/probes/pass.ts'
import { podState } from '../../../suites/lib/probes/pod-status.ts'
import { removeFootprint } from '../../../suites/lib/footprint.ts'
import { pods, protocols, zones, type Round, type Size } from './sizes.ts'
import type { BenchWorld } from './world.ts'

/** Our own probes of every cell, as the verifier: pods in namespaces of the run, one exec for each, and each far side's log. */
export async function ourRounds(world: BenchWorld, size: Size, rounds: number): Promise<Round[]> {
  const { platform, run } = world
  const namespaces = await Promise.all(zones.map((zone) => namespaceFor(world, zone)))
  try {
    const [first = ''] = namespaces
    if (size.closed) await reading('plant a denial', platform.cluster.networking.createNamespacedNetworkPolicy({ namespace: first, body: { metadata: { name: 'closed', labels: runLabels(run) }, spec: { podSelector: {}, policyTypes: ['Ingress'] } } }))
    const members = await Promise.all(zones.flatMap((zone, at) => pods.map((pod) => start(world, endpointOf(zone, pod), namespaces[at] ?? '', size))))
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

async function namespaceFor({ platform, run }: BenchWorld, zone: string): Promise<string> {
  const name = `plumbline-probe-bench-${zone}-${run}`
  const why = await makeNamespace({ clients: platform.cluster, run, record: { created: () => undefined } }, name, { 'pod-security.kubernetes.io/enforce': 'restricted' })
  if (why !== undefined) throw new Error(`expected a namespace for the benchmark, but ${why}`)
  return name
}

function endpointOf(zone: string, pod: string): Endpoint {
  return { id: `${zone}/${pod}`, zone: outsider, name: `${zone}-${pod}`, exposure: 'outsider' }
}

async function start({ platform: { cluster: { core } }, run }: BenchWorld, endpoint: Endpoint, namespace: string, { ports }: Size): Promise<ReadyMember> {
  const name = probeName(endpoint, run)
  await reading(`start the probe ${name}`, core.createNamespacedPod({ namespace, body: probePod(endpoint, namespace, run, { ports, names: { TCP: 'tcp', UDP: 'udp' } }) }))
  const look = async () => podState(await reading(`read the pod ${namespace}/${name}`, core.readNamespacedPod({ namespace, name })))
  const { value } = await converge(look, budgets.probeFleetReady, { consecutive: 1, until: ({ state }) => state === 'ready' || state === 'failed' })
  if (value.state !== 'ready') throw new Error(`expected the probe ${name} to run in ${namespace}, but ${value.why}`)
  const { ip, node, nodeAddress, image } = value
  return { endpoint, namespace, ready: true, ip, node, nodeAddress, image }
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
