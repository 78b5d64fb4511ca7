import { endpoints } from '../../intent/endpoints.ts'
import { mayReach } from '../../intent/routes.ts'
import type { Agents } from './agents.ts'
import type { Fleet, Member } from './fleet.ts'
import { namesOf } from './manifests.ts'
import type { AgentCell, AgentResult } from './protocol.ts'

/** Ways in which the simulated network and its agents can be at fault. Endpoint ids throughout. */
export interface Faults {
  /** Endpoints whose pod does not run. */
  missing?: readonly string[]
  /** Endpoints whose listener is dead although the pod runs. */
  deaf?: readonly string[]
  /** Sources whose agent cannot be executed. */
  mute?: readonly string[]
  /** Endpoints whose log cannot be read. */
  unread?: readonly string[]
  /** Zones in which names do not resolve. */
  nameless?: readonly string[]
  /** Whether an attempt gets through; by default as intended. */
  open?: (from: string, to: string) => boolean
  /** Whether an attempt that is stopped is heard by the far side all the same. */
  overheard?: (from: string, to: string) => boolean
}

/** A fleet and agents on a simulated network that does what is intended, but for the faults. */
export function simulated(faults: Faults = {}): { fleet: Fleet, agents: Agents } {
  const members = endpoints.map((endpoint, index): Member => faults.missing?.includes(endpoint.id) === true
    ? { endpoint, namespace: endpoint.zone, ready: false, why: 'its pod cannot start: ErrImagePull (not found)' }
    : { endpoint, namespace: endpoint.zone, ready: true, ip: `10.244.0.${index + 1}`, node: 'node1', nodeAddress: '10.99.0.11', image: 'sha256:0', nodePorts: { TCP: 30_000 + index, UDP: 30_000 + index } })
  const fleet: Fleet = { run: 'run', members, milliseconds: 0 }
  const network = new Network(fleet, faults)
  return { fleet, agents: { offersSctp: () => Promise.resolve(false), attempt: (member, cells) => network.attempt(member.endpoint.id, cells), log: (member) => network.log(member.endpoint.id) } }
}

class Network {
  private readonly fleet: Fleet
  private readonly faults: Faults
  private readonly heard = new Map<string, string[]>()

  constructor(fleet: Fleet, faults: Faults) {
    this.fleet = fleet
    this.faults = faults
  }

  attempt(from: string, cells: readonly AgentCell[]): Promise<ReadonlyMap<string, AgentResult>> {
    if (this.faults.mute?.includes(from) === true) return Promise.reject(new Error('the stream was closed (1006) before the command ended'))
    return Promise.resolve(new Map(cells.map((cell) => [cell.id, this.one(from, cell)])))
  }

  log(endpoint: string): Promise<string> {
    if (this.faults.unread?.includes(endpoint) === true) return Promise.reject(new Error('the kubelet does not answer'))
    const lines = (this.heard.get(endpoint) ?? []).map((nonce) => JSON.stringify({ nonce, protocol: 'TCP', port: 8080, from: '10.0.0.1:1', at: '2026-11-23T19:00:00Z' }))
    return Promise.resolve(['{"event":"listening"}', ...lines, ''].join('\n'))
  }

  private one(from: string, cell: AgentCell): AgentResult {
    const to = this.targetOf(cell)
    const base = { id: cell.id, protocol: cell.protocol, ms: 3 }
    const resolves = !cell.host.endsWith('.') || this.faults.nameless?.some((zone) => from.startsWith(`${zone}/`)) !== true
    if (!resolves) return { ...base, outcome: 'dns', phase: 'resolve', error: 'i/o timeout' }
    if (from !== to && !(this.faults.open ?? intended)(from, to)) {
      if (this.faults.overheard?.(from, to) === true) this.hear(to, cell.nonce)
      return { ...base, outcome: 'timeout', phase: 'connect', error: 'i/o timeout' }
    }
    return { ...base, ...this.connect(to, cell.nonce) }
  }

  private connect(to: string, nonce: string): Pick<AgentResult, 'outcome' | 'phase' | 'answeredBy' | 'error'> {
    if (this.faults.deaf?.includes(to) === true) return { outcome: 'refused', phase: 'connect', error: 'connection refused' }
    this.hear(to, nonce)
    return { outcome: 'delivered', phase: 'answer', answeredBy: to }
  }

  private hear(endpoint: string, nonce: string): void {
    this.heard.set(endpoint, [...this.heard.get(endpoint) ?? [], nonce])
  }

  private targetOf({ host, port }: AgentCell): string {
    const found = this.fleet.members.find((member) => {
      if (!member.ready) return false
      if (host === member.nodeAddress) return Object.values(member.nodePorts ?? {}).includes(port)
      return host.endsWith('.') ? Object.values(namesOf(member.endpoint, member.namespace, this.fleet.run)).includes(host) : member.ip === host
    })
    if (found === undefined) throw new Error(`nobody is at ${host}:${port}`)
    return found.endpoint.id
  }
}

export function intended(from: string, to: string): boolean {
  const [source, target] = [from, to].map((id) => endpoints.find((endpoint) => endpoint.id === id))
  return source !== undefined && target !== undefined && mayReach(source, target)
}
