import { lookalike, outsider, type Zone } from '../../intent/endpoints.ts'
import { landmarkCells, landmarkControls, metadataService } from '../../intent/landmarks.ts'
import { intendedCells, slices, type IntendedCell, type Slice } from '../../intent/routes.ts'
import type { JudgedCell } from '../cell.ts'
import type { Convergence } from '../converge.ts'
import type { RunRecord } from '../footprint.ts'
import { IndeterminateError } from '../indeterminate.ts'
import { readLandmarks } from '../platform/landmarks.ts'
import type { Platform } from '../platform/platform.ts'
import { compareTables, type ThreeTables } from '../three-tables.ts'
import { agentsIn } from './agents.ts'
import { computedTable, type ComputedTable } from './computed.ts'
import { lookalikeNamespace, outsiderNamespace, startFleet, type Fleet } from './fleet.ts'
import { mendFleet } from './fleet-mend.ts'
import { observeTwice } from './again.ts'
import { judgedCell } from './judged.ts'
import { sctpByNode } from './sctp.ts'
import { settleRoutes, type Observations } from './pass.ts'

/** One judged pass over every cell, and the circumstances under which it was made. */
export interface TrafficPass {
  /** Cells of the intended table. */
  cells: readonly JudgedCell[]
  /** Attempts at places of the platform itself. */
  landmarks: LandmarkPass
  observations: Observations
  /** Ids of cells that the first look left undecided and that were tried once more. */
  again: readonly string[]
  /** That the pass took, with the second look. */
  seconds: number
  fleet: Fleet
  settling: Convergence<string[]>
  /** What the policies in force said right after the pass. */
  computed: ComputedTable
  /** What is known about SCTP, by node. */
  sctp: Readonly<Record<string, string>>
}

/** The cells at the landmarks that could be judged. `unmanned` are landmarks where nobody answers, not even a pod without policies. */
export interface LandmarkPass {
  cells: readonly JudgedCell[]
  missing: readonly string[]
  unmanned: readonly JudgedCell[]
}

/** Cells with the time that the pass over all of them took. */
export interface SlicePass { cells: readonly JudgedCell[], seconds: number }

/** The traffic of the platform as cases see it: one fleet of probes and one pass, shared by all of them. */
export interface Traffic {
  /** The probes alone, for cases that make attempts of another kind from the same pods. */
  fleet: () => Promise<Fleet>
  /** Starts anew, under their old names, the probes whose pods are gone (their node was lost, or their time was up), or that are on the node they must not be on; the fleet is that one from then on. */
  mend: (notOn?: string) => Promise<Fleet>
  pass: () => Promise<TrafficPass>
  slice: (name: Slice) => Promise<SlicePass>
  /** The slices in the three tables; rejects with IndeterminateError when the policies in force could not be read. */
  tables: (...names: Slice[]) => Promise<ThreeTables>
  /** The cells at the landmarks in the three tables; rejects likewise. */
  landmarkTables: () => Promise<ThreeTables>
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
    mend: (notOn) => {
      started = fleet().then((present) => mendFleet({ clients: world.platform.cluster, record: world.record, notOn }, present))
      return started
    },
    pass,
    slice: async (name) => {
      const { cells, seconds } = await pass()
      return { cells: within(cells, [name]), seconds }
    },
    tables: async (...names) => {
      const { cells, computed } = await pass()
      return tablesOf(within(cells, names), computed)
    },
    landmarkTables: async () => {
      const { landmarks, computed } = await pass()
      return tablesOf([...landmarks.cells, ...landmarks.unmanned], computed)
    },
  }
}

function within(cells: readonly JudgedCell[], names: readonly Slice[]): JudgedCell[] {
  const wanted = new Set(intendedCells.filter((cell) => names.some((name) => slices[name](cell))).map(({ id }) => id))
  return cells.filter(({ cell }) => wanted.has(cell.id))
}

/** The three tables over those of the cells about which policies say something. */
function tablesOf(cells: readonly JudgedCell[], computed: ComputedTable): ThreeTables {
  if (computed.missing !== undefined) throw new IndeterminateError(`expected to compute the traffic table from the policies in force, but they could not be read: ${computed.missing}`)
  return compareTables(cells.filter(({ cell }) => computed.computable.has(cell.id)), computed.verdicts)
}

async function makePass({ platform, record }: TrafficWorld, probes: () => Promise<Fleet>): Promise<TrafficPass> {
  const fleet = await probes()
  const agents = agentsIn(platform, fleet.run)
  const settling = await settleRoutes(fleet, agents)
  const { found, missing } = await readLandmarks(platform)
  const places = landmarkCells(found)
  const cells = [...intendedCells, ...places]
  const optional = ({ to }: IntendedCell): boolean => to.name === metadataService.name
  const look = await observeTwice({ fleet, agents }, { cells: cells.filter((cell) => !optional(cell)), controls: landmarkControls(found), once: cells.filter(optional) })
  record.took('traffic: allowed routes open', settling.milliseconds / 1000)
  record.took('traffic: pass over the table', look.seconds)
  const [computed, sctp] = await Promise.all([computedTable(platform, fleet, cells), sctpByNode(fleet, agents)])
  const judged = new Map(cells.map((cell) => [cell.id, judgedCell(cell, look.of(cell), { ...computed, first: look.first })]))
  const judgedOf = (all: readonly IntendedCell[]): JudgedCell[] => all.flatMap(({ id }) => judged.get(id) ?? [])
  // A platform need not have a metadata service: where nobody at all answers there is nothing to be kept away from.
  const unmanned = judgedOf(places).filter(({ cell }) => cell.to.endpoint === metadataService.name && cell.control !== 'delivered')
  return {
    fleet, settling, computed, sctp, observations: look.observations, again: [...look.first.keys()], seconds: look.seconds,
    cells: judgedOf(intendedCells), landmarks: { missing, unmanned, cells: judgedOf(places).filter((one) => !unmanned.includes(one)) },
  }
}

async function probesOf(world: TrafficWorld): Promise<Fleet> {
  if (world.fleet !== undefined) return world.fleet
  const fleet = await fleetFor(world)
  world.record.took('traffic: probes started', fleet.milliseconds / 1000)
  return fleet
}

/** A fleet of the run's own, in the environments and beside them. */
export async function fleetFor({ platform, run, record }: Pick<TrafficWorld, 'platform' | 'run' | 'record'>): Promise<Fleet> {
  const own: Partial<Record<Zone, string>> = { [outsider]: outsiderNamespace(run), [lookalike]: lookalikeNamespace(run) }
  const namespaceOf = (zone: Zone): string => own[zone] ?? platform.namespaceOf(zone)
  return await startFleet({ clients: platform.cluster, run, namespaceOf, record })
}
