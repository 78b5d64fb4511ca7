import type { ReachabilityVerdict } from '../../../reports/model/reachability.ts'
import type { IntendedCell } from '../../intent/routes.ts'
import type { Agents } from './agents.ts'
import type { Fleet } from './fleet.ts'
import { judgedCell } from './judged.ts'
import { observeTraffic, type Observations } from './pass.ts'

/** A pass, and a second one over those cells alone that it left undecided. */
export interface TwoLooks {
  observations: Observations
  /** What a cell is judged by: of a cell that was tried again, the second attempt and the control beside it. */
  of: (cell: IntendedCell) => Observations
  /** What the first attempt showed of each cell that was tried again, by its id. */
  first: ReadonlyMap<string, ReachabilityVerdict>
  /** Of both together. */
  seconds: number
}

interface LookedAt {
  cells: readonly IntendedCell[]
  controls?: readonly IntendedCell[]
  once?: readonly IntendedCell[]
}

/**
 * One pass over the cells, and a second attempt at those alone that it left undecided, together with their controls. What was decided stands: a
 * denied cell that was delivered, or an allowed one that was stopped, is never tried away. `controls` are tried and not judged; `once` are cells that are
 * not tried again, since nobody need be at their far side.
 */
export async function observeTwice({ fleet, agents }: { fleet: Fleet, agents: Agents }, { cells, controls = [], once = [] }: LookedAt): Promise<TwoLooks> {
  const all = [...cells, ...controls, ...once]
  const observations = await observeTraffic(fleet, agents, all)
  // Without a pod at one of its ends a cell was not tried, and would not be now.
  const undecided = cells.filter((cell) => observations.nonces.has(cell.id) && judgedCell(cell, observations).cell.verdict === 'indeterminate')
  if (undecided.length === 0) return { observations, of: () => observations, first: new Map(), seconds: observations.seconds }
  const wanted = new Set(undecided.flatMap(({ id, control }) => [id, control]))
  const second = await observeTraffic(fleet, agents, all.filter(({ id }) => wanted.has(id)))
  const first = new Map(undecided.map(({ id }) => [id, observations.attempts.get(id)?.verdict ?? 'not-run'] as const))
  return { observations, of: ({ id }) => first.has(id) ? second : observations, first, seconds: observations.seconds + second.seconds }
}
