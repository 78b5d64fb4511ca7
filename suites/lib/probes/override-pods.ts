import { randomUUID } from 'node:crypto'
import { listenerPort, reachableLabel } from '../../intent/endpoints.ts'
import type { EnvironmentName } from '../../intent/environments.ts'
import { budgets } from '../budgets.ts'
import { execIn } from '../platform/exec.ts'
import { agentPod, selectorOf, type AgentPod } from './agent-pod.ts'
import { probeContainer } from './manifests.ts'
import type { OwnPlace } from './own-namespace.ts'
import { parseResponse, requestLine, type AgentCell, type AgentResult } from './protocol.ts'
import { startReadyPod } from './run-pod.ts'

const otherPort = 8081
const roles = ['client', 'bystander', 'server', 'neighbour'] as const
type Role = (typeof roles)[number]

/**
 * Pods of the run, beside those that are watched, between which an override is to open one way: client and bystander in one environment, server and
 * neighbour in the other. All ask to be reached by their own environment.
 */
export type OverridePods = Readonly<Record<Role, AgentPod>>

/** Starts them. Rejects with IndeterminateError when one does not get ready. */
export async function startOverridePods(place: OwnPlace, { from, to }: { from: EnvironmentName, to: EnvironmentName }): Promise<OverridePods> {
  const start = async (role: Role, environment: EnvironmentName): Promise<AgentPod> => {
    const namespace = place.platform.namespaceOf(environment)
    const name = `probe-override-${role}-${place.run.label}`
    const body = agentPod({ namespace, purpose: purposeOf(role), args: ['listen', '-id', `${environment}/${role}`, '-tcp', `${String(listenerPort)},${String(otherPort)}`, '-udp', String(listenerPort)] }, { name, run: place.run.label })
    if (body.metadata?.labels !== undefined) body.metadata.labels[reachableLabel.name] = reachableLabel.value
    const { ip, node } = await startReadyPod(place, { namespace, body, budget: budgets.workloadStart })
    return { namespace, name, ip, node }
  }
  const [client, bystander, server, neighbour] = await Promise.all([start('client', from), start('bystander', from), start('server', to), start('neighbour', to)])
  return { client, bystander, server, neighbour }
}

function purposeOf(role: Role): string {
  return `override-${role}`
}

/** Labels that choose exactly one of them, as the command line takes them. */
export function chosenBy(run: string, role: Role): string {
  return selectorOf(run, purposeOf(role))
}

/** An attempt, and the one that had to be delivered for its denial to mean anything. */
interface Pair { from: Role, to: Role, protocol: 'TCP' | 'UDP', port: number, control: Role }

/** The one way that the override opens, and all that it could open by mistake: another source, another target, another port or protocol, the way back. */
const pairs: readonly Pair[] = [
  { from: 'client', to: 'server', protocol: 'TCP', port: listenerPort, control: 'neighbour' },
  { from: 'client', to: 'server', protocol: 'TCP', port: otherPort, control: 'neighbour' },
  { from: 'client', to: 'server', protocol: 'UDP', port: listenerPort, control: 'neighbour' },
  { from: 'bystander', to: 'server', protocol: 'TCP', port: listenerPort, control: 'neighbour' },
  { from: 'client', to: 'neighbour', protocol: 'TCP', port: listenerPort, control: 'server' },
  { from: 'server', to: 'client', protocol: 'TCP', port: listenerPort, control: 'bystander' },
]

/** `denied` only beside a control that was delivered in the same round; what is neither is undecided. */
export interface WayTried { way: string, opened: boolean, seen: 'delivered' | 'denied' | 'undecided', detail: string }

/** Tries each way once, all at the same time, and its control beside it. Rejects with IndeterminateError when a pod cannot be entered. */
export async function tryWays({ platform: { cluster } }: OwnPlace, pods: OverridePods): Promise<WayTried[]> {
  const asked = pairs.flatMap((pair) => [cellOf(pair, pair.from, pods), cellOf(pair, pair.control, pods)])
  const results = new Map((await Promise.all(roles.map(async (role) => {
    const cells = asked.filter(({ source }) => source === role).map(({ cell }) => cell)
    if (cells.length === 0) return []
    const { namespace, name } = pods[role]
    const line = await execIn(cluster.config, { namespace, pod: name, container: probeContainer }, ['/probe-agent', 'probe'], { input: requestLine(budgets.probeAttempt.milliseconds, cells), budget: budgets.probeExec })
    return [...parseResponse(line, cells)]
  }))).flat())
  return pairs.map((pair, index) => triedAs(pair, index === 0, { attempt: results.get(idOf(pair, pair.from)), control: results.get(idOf(pair, pair.control)) }))
}

function idOf({ to, protocol, port }: Pair, source: Role): string {
  return `${source} → ${to}:${String(port)} (${protocol})`
}

function cellOf(pair: Pair, source: Role, pods: OverridePods): { source: Role, cell: AgentCell } {
  return { source, cell: { id: idOf(pair, source), protocol: pair.protocol, host: pods[pair.to].ip, port: pair.port, nonce: randomUUID() } }
}

/** How one way was seen. An attempt that failed for reasons of its own, or a denial without its control, is undecided. */
export function triedAs(pair: Pair, opened: boolean, { attempt, control }: Readonly<Record<'attempt' | 'control', AgentResult | undefined>>): WayTried {
  const way = idOf(pair, pair.from)
  const { outcome, answeredBy = 'somebody' } = attempt ?? { outcome: 'not tried' }
  if (outcome === 'delivered') return { way, opened, seen: 'delivered', detail: `answered by ${answeredBy}` }
  const beside = control?.outcome ?? 'nothing'
  if (denials.includes(outcome) && beside === 'delivered') return { way, opened, seen: 'denied', detail: outcome }
  return { way, opened, seen: 'undecided', detail: `${outcome}, and the control ${idOf(pair, pair.control)} ended with ${beside}` }
}

/** What the network says when it says no; a name that is not known or a socket that could not be had is something else. */
const denials: readonly string[] = ['timeout', 'refused', 'unreachable']

/** One sentence for each way that is not as it has to be: the opened one delivered while the override is open, everything else denied. */
export function wrongWays(ways: readonly WayTried[], when: string, open: boolean): string[] {
  return ways.filter(({ seen }) => seen !== 'undecided').flatMap(({ way, opened, seen, detail }) => {
    const wanted = open && opened ? 'delivered' : 'denied'
    return seen === wanted ? [] : [`expected ${way} to be ${wanted} ${when}, but it was ${seen} (${detail})`]
  })
}

/** One sentence for each way of which nobody knows. */
export function unknownWays(ways: readonly WayTried[], when: string): string[] {
  return ways.filter(({ seen }) => seen === 'undecided').map(({ way, detail }) => `expected to see whether ${way} is open ${when}, but it ended with ${detail}`)
}
