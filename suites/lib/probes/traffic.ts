import { intendedCells, slices, type IntendedCell, type Slice } from '../../intent/routes.ts'
import type { Zone } from '../../intent/endpoints.ts'
import { judge, notRun, type JudgedCell } from '../cell.ts'
import type { Convergence } from '../converge.ts'
import type { RunRecord } from '../footprint.ts'
import { IndeterminateError } from '../indeterminate.ts'
import type { Platform } from '../platform/platform.ts'
import type { ComputedVerdict } from '../segmentation/compute.ts'
import { compareTables, type ThreeTables } from '../three-tables.ts'
import { agentsIn } from './agents.ts'
import { computedTable, type ComputedTable } from './computed.ts'
import { outsiderNamespace, startFleet, type Fleet } from './fleet.ts'
import { observeTraffic, settleRoutes, type Observations } from './pass.ts'

/** One judged pass over the intended table, and the circumstances under which it was made. */
export interface TrafficPass {
  cells: readonly JudgedCell[]
  observations: Observations
  fleet: Fleet
  settling: Convergence<string[]>
  /** What the policies in force said right after the pass. */
  computed: ComputedTable
}

/** The traffic of the platform as cases see it: one fleet of probes and one pass, shared by all of them. */
export interface Traffic {
  /** The probes alone, for cases that make attempts of another kind from the same pods. */
  fleet: () => Promise<Fleet>
  pass: () => Promise<TrafficPass>
  slice: (name: Slice) => Promise<{ cells: readonly JudgedCell[], seconds: number }>
  /** The slices in the three tables; rejects with IndeterminateError when the policies in force could not be read. */
  tables: (...names: Slice[]) => Promise<ThreeTables>
}

export interface TrafficWorld {
  platform: Platform
  /** Lower-cased run id. */
  run: string
  record: RunRecord
  /** Probes that stand ready already; those are used then, and left where they are. */
  fleet?: Fleet | undefined
}

/** Starts nothing by itself: the first case that needs the pass makes it, the others share it, and its failure is theirs too. */
export function trafficOn(world: TrafficWorld): Traffic {
  let started: Promise<Fleet> | undefined
  let made: Promise<TrafficPass> | undefined
  const fleet = (): Promise<Fleet> => {
    started ??= probesOf(world)
    return started
  }
  const pass = (): Promise<TrafficPass> => {
    made ??= makePass(world, fleet)
    return made
  }
  return {
    fleet,
    pass,
    slice: async (name) => {
      const { cells, observations } = await pass()
      const wanted = new Set(intendedCells.filter(slices[name]).map(({ id }) => id))
      return { cells: cells.filter(({ cell }) => wanted.has(cell.id)), seconds: observations.seconds }
    },
    tables: async (...names) => {
      const { cells, computed } = await pass()
      if (computed.missing !== undefined) throw new IndeterminateError(`expected to compute the traffic table from the policies in force, but they could not be read: ${computed.missing}`)
      const wanted = new Set(names.flatMap((name) => intendedCells.filter(slices[name])).map(({ id }) => id))
      return compareTables(cells.filter(({ cell }) => wanted.has(cell.id)), computed.verdicts)
    },
  }
}

async function makePass({ platform, record }: TrafficWorld, probes: () => Promise<Fleet>): Promise<TrafficPass> {
  const fleet = await probes()
  const agents = agentsIn(platform, fleet.run)
  const settling = await settleRoutes(fleet, agents)
  const observations = await observeTraffic(fleet, agents)
  record.took('traffic: allowed routes open', settling.milliseconds / 1000)
  record.took('traffic: pass over the table', observations.seconds)
  const computed = await computedTable(platform, fleet)
  return { fleet, settling, observations, computed, cells: intendedCells.map((cell) => judgedCell(cell, observations, computed)) }
}

async function probesOf(world: TrafficWorld): Promise<Fleet> {
  if (world.fleet !== undefined) return world.fleet
  const fleet = await fleetFor(world)
  world.record.took('traffic: probes started', fleet.milliseconds / 1000)
  return fleet
}

/** A fleet of the run's own, in the environments and beside them. */
export async function fleetFor({ platform, run, record }: Pick<TrafficWorld, 'platform' | 'run' | 'record'>): Promise<Fleet> {
  const namespaceOf = (zone: Zone): string => zone === 'outsider' ? outsiderNamespace(run) : platform.namespaceOf(zone)
  return await startFleet({ clients: platform.cluster, run, namespaceOf, record })
}

const notComputed = { verdicts: new Map<string, ComputedVerdict>(), policies: new Map<string, readonly string[]>() }

function computedOf(verdict: ComputedVerdict | undefined): 'allow' | 'deny' | null {
  return verdict === undefined ? null : verdict.allowed ? 'allow' : 'deny'
}

/** One cell of the intended table with everything that was observed about it. */
export function judgedCell(intended: IntendedCell, observations: Observations, { verdicts, policies }: Pick<ComputedTable, 'verdicts' | 'policies'> = notComputed): JudgedCell {
  const observed = observations.attempts.get(intended.id) ?? notRun('it was not tried')
  const control = observations.attempts.get(intended.control) ?? notRun('its control was not tried')
  const nonce = observations.nonces.get(intended.id) ?? ''
  const farSide = nonce === '' ? null : observations.witnesses.get(intended.to.id)?.has(nonce) ?? null
  const { verdict, reason } = judge(intended.intended, { observed, control, farSide })
  return {
    reason,
    policiesInForce: [...new Set([intended.from.zone, intended.to.zone])].flatMap((zone) => policies.get(zone) ?? []),
    cell: {
      id: intended.id,
      from: { environment: intended.from.zone, endpoint: intended.from.name },
      to: { environment: intended.to.zone, endpoint: intended.to.name },
      route: intended.route,
      protocol: intended.protocol,
      port: intended.port,
      intended: intended.intended,
      computed: computedOf(verdicts.get(intended.id)),
      control: control.verdict,
      observed: observed.verdict,
      verdict,
      nonce,
      farSide,
      milliseconds: observed.milliseconds,
    },
  }
}
