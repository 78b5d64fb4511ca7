import { randomUUID } from 'node:crypto'
import { intendedCells, protocols, selfId, type IntendedCell } from '../../intent/routes.ts'
import { budgets } from '../budgets.ts'
import { notRun, observe, type Observation } from '../cell.ts'
import { converge, type Convergence } from '../converge.ts'
import { sentenceOf } from '../indeterminate.ts'
import type { Agents, ReadyMember } from './agents.ts'
import type { Fleet, Member } from './fleet.ts'
import { placeOf } from './places.ts'
import { noncesIn, type AgentCell, type AgentResult } from './protocol.ts'

/** What one pass over the intended table showed, before anything is judged. */
export interface Observations {
  /** By cell id; also holds each endpoint's attempts at itself. */
  attempts: ReadonlyMap<string, Observation>
  nonces: ReadonlyMap<string, string>
  /** Per endpoint id, the nonces that its listener logged; absent when the log could not be read to its end. */
  witnesses: ReadonlyMap<string, ReadonlySet<string>>
  /** Per source endpoint id, how its attempts by name were resolved. */
  resolutions: readonly Resolution[]
  startedAt: Date
  seconds: number
}

export interface Resolution {
  endpoint: string
  zone: string
  resolved: number
  failed: number
  error?: string | undefined
}

export interface Attempt {
  id: string
  from: string
  to: string
  cell: AgentCell
}

const isReady = (member: Member): member is ReadyMember => member.ready

/**
 * Waits until every allowed attempt is delivered twice in a row, or the budget is used up: services and names take a moment to be known
 * on every node. Denied cells are not tried here, so no leak can be waited away, and the pass that follows judges in any case.
 */
export async function settleRoutes(fleet: Fleet, agents: Agents, cells: readonly IntendedCell[] = intendedCells): Promise<Convergence<string[]>> {
  const open = cells.filter((cell) => cell.intended === 'allow')
  const undelivered = async (): Promise<string[]> => {
    const attempts = plan(fleet, open)
    const results = await attemptAll(fleet, agents, attempts)
    return attempts.filter(({ id, from }) => resultOf(results, from, id)?.outcome !== 'delivered').map(({ id }) => id)
  }
  return await converge(undelivered, budgets.routesProgrammed, { consecutive: 2, until: (missing) => missing.length === 0 })
}

/** One pass: every source makes all of its attempts at once in one exec, all sources together; then each far side's log is read. */
export async function observeTraffic(fleet: Fleet, agents: Agents, cells: readonly IntendedCell[] = intendedCells): Promise<Observations> {
  const startedAt = new Date()
  const started = performance.now()
  const attempts = [...plan(fleet, cells), ...planSelf(fleet)]
  const results = await attemptAll(fleet, agents, attempts)
  const witnesses = await readWitnesses(fleet, agents)
  const alive = aliveness(attempts, results)
  const landmarks = new Map(cells.filter(({ route }) => route === 'landmark').map(({ id, control }) => [id, control]))
  const observed = new Map(attempts.map(({ id, from, to, cell }) => {
    const result = resultOf(results, from, id)
    const control = landmarks.get(id)
    const listener = control === undefined ? { id: to, alive: alive(to, cell.protocol) } : { id: to, alive: alive(control), foreign: true }
    return [id, result === undefined ? notRun(whyMissing(results, from)) : observe(result, listener)] as const
  }))
  return {
    attempts: new Map([...absent(fleet, cells), ...observed]),
    nonces: new Map(attempts.map(({ id, cell }) => [id, cell.nonce])),
    witnesses,
    resolutions: resolutionsOf(fleet, results, attempts),
    startedAt,
    seconds: (performance.now() - started) / 1000,
  }
}

/** Whether somebody listens: an endpoint answered itself over the protocol, or the attempt with this id came as far as a handshake. */
function aliveness(attempts: readonly Attempt[], results: ReadonlyMap<string, Batch>): (idOrEndpoint: string, protocol?: AgentCell['protocol']) => boolean {
  const find = (holds: (one: Attempt) => boolean): AgentResult | undefined => {
    const found = attempts.find(holds)
    return found === undefined ? undefined : resultOf(results, found.from, found.id)
  }
  return (id, protocol) => protocol === undefined
    ? find((one) => one.id === id)?.phase === 'answer'
    : find(({ from, to, cell }) => from === id && to === id && cell.protocol === protocol)?.outcome === 'delivered'
}

/** Results of one batch, or why there are none. */
type Batch = ReadonlyMap<string, AgentResult> | string

function resultOf(batches: ReadonlyMap<string, Batch>, from: string, id: string): AgentResult | undefined {
  const batch = batches.get(from)
  return batch === undefined || typeof batch === 'string' ? undefined : batch.get(id)
}

function whyMissing(batches: ReadonlyMap<string, Batch>, from: string): string {
  const batch = batches.get(from)
  return typeof batch === 'string' ? batch : `${from} said nothing about this attempt`
}

async function attemptAll(fleet: Fleet, agents: Agents, attempts: readonly Attempt[]): Promise<Map<string, Batch>> {
  const batches = await Promise.all(fleet.members.filter(isReady).map(async (member): Promise<[string, Batch]> => {
    const own = attempts.filter(({ from }) => from === member.endpoint.id).map(({ cell }) => cell)
    try {
      return [member.endpoint.id, await agents.attempt(member, own)]
    }
    catch (error) {
      return [member.endpoint.id, `${member.endpoint.id} could not probe: ${sentenceOf(error)}`]
    }
  }))
  return new Map(batches)
}

/** The attempts that cells mean, each with a nonce of its own; a cell without a pod at one of its ends means none. */
export function plan(fleet: Fleet, cells: readonly IntendedCell[]): Attempt[] {
  const members = new Map(fleet.members.map((member) => [member.endpoint.id, member]))
  return cells.flatMap((cell) => {
    const place = placeOf(cell, members.get(cell.to.id), fleet.run)
    if (members.get(cell.from.id)?.ready !== true || place === undefined) return []
    return [attempt(cell.id, { from: cell.from.id, to: cell.to.id }, { protocol: cell.protocol, ...place })]
  })
}

/** Each endpoint's attempts at its own address. */
export function planSelf(fleet: Fleet): Attempt[] {
  const port = intendedCells[0]?.port ?? 0
  return fleet.members.filter(isReady).flatMap(({ endpoint, ip }) => protocols.map((protocol) =>
    attempt(selfId(endpoint, protocol), { from: endpoint.id, to: endpoint.id }, { protocol, host: ip, port })))
}

function attempt(id: string, ends: { from: string, to: string }, target: { protocol: AgentCell['protocol'], host: string, port: number }): Attempt {
  return { id, ...ends, cell: { id, ...target, nonce: randomUUID() } }
}

/** Cells that were not even tried, because one of their ends does not run. */
function absent(fleet: Fleet, cells: readonly IntendedCell[]): [string, Observation][] {
  const lost = new Map(fleet.members.flatMap((member) => member.ready ? [] : [[member.endpoint.id, member.why] as const]))
  const why = (id: string) => `${id} does not run: ${lost.get(id) ?? ''}`
  const selves = fleet.members.flatMap(({ endpoint }) => protocols.map((protocol): [string, string] => [selfId(endpoint, protocol), endpoint.id]))
  return [
    ...cells.flatMap(({ id, from, to }): [string, Observation][] => {
      const missing = lost.has(to.id) ? to.id : lost.has(from.id) ? from.id : undefined
      return missing === undefined ? [] : [[id, notRun(why(missing))]]
    }),
    ...selves.flatMap(([id, endpoint]): [string, Observation][] => lost.has(endpoint) ? [[id, notRun(why(endpoint))]] : []),
  ]
}

/**
 * After the attempts each listener sends itself one more mark and its log is read until the mark is in it: lines are written in order, so
 * everything that reached the listener before stands above. A log without the mark is no witness.
 */
async function readWitnesses(fleet: Fleet, agents: Agents): Promise<Map<string, ReadonlySet<string>>> {
  const port = intendedCells[0]?.port ?? 0
  const read = await Promise.all(fleet.members.filter(isReady).map(async (member): Promise<[string, ReadonlySet<string>] | undefined> => {
    const mark = attempt(`${member.endpoint.id} mark`, { from: member.endpoint.id, to: member.endpoint.id }, { protocol: 'TCP', host: member.ip, port })
    try {
      const marked = await agents.attempt(member, [mark.cell])
      if (marked.get(mark.id)?.outcome !== 'delivered') return undefined
      const { value, converged } = await converge(() => agents.log(member).then(noncesIn).then((nonces) => [...nonces]), budgets.farSideLog, {
        consecutive: 1, until: (nonces) => nonces.includes(mark.cell.nonce),
      })
      return converged ? [member.endpoint.id, new Set(value)] : undefined
    }
    catch {
      return undefined
    }
  }))
  return new Map(read.filter((one) => one !== undefined))
}

function resolutionsOf(fleet: Fleet, batches: ReadonlyMap<string, Batch>, attempts: readonly Attempt[]): Resolution[] {
  return fleet.members.map(({ endpoint }) => {
    const named = attempts.filter(({ from, cell }) => from === endpoint.id && cell.host.endsWith('.'))
      .flatMap(({ id }) => resultOf(batches, endpoint.id, id) ?? [])
    const failed = named.filter(({ outcome }) => outcome === 'dns')
    return { endpoint: endpoint.id, zone: endpoint.zone, resolved: named.length - failed.length, failed: failed.length, error: failed[0]?.error }
  })
}
