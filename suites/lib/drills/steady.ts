import { environmentNames } from '../../intent/environments.ts'
import { intendedCells } from '../../intent/routes.ts'
import { budgets } from '../budgets.ts'
import { converge } from '../converge.ts'
import { IndeterminateError, sentenceOf } from '../indeterminate.ts'
import { cellSentence } from '../matchers.ts'
import { agentsIn } from '../probes/agents.ts'
import { observeTwice } from '../probes/again.ts'
import type { Fleet } from '../probes/fleet.ts'
import { askFrontDoor } from '../probes/front-door.ts'
import { judgedCell } from '../probes/judged.ts'
import { settleRoutes } from '../probes/pass.ts'
import { journalsIn } from './journal.ts'
import type { WatchWorld } from './watch.ts'

/** Rejects with IndeterminateError when a drill is open in the folder: one that is held now, or one that was not put back. */
export async function nobodyElse(folder: string, drill: string): Promise<void> {
  const [found] = await journalsIn(folder)
  if (found === undefined) return
  throw new IndeterminateError(`expected no drill to be open before ${drill}, but ${found.journal?.drill ?? 'one that cannot be read'} is (${found.file}); wait for it, or run "npx plumbline drill --restore"`)
}

/** Rejects with IndeterminateError unless every environment answers through the ingress and every denied cell of the traffic table is denied beside its control. */
export async function steadyState(world: WatchWorld, drill: string): Promise<void> {
  const down = await unreachable(world)
  if (down.length > 0) throw new IndeterminateError(`expected every environment to answer before ${drill}, but ${down.join('; ')}; nothing was touched`)
  const open = await undenied(world)
  const [first] = open
  if (first !== undefined) throw new IndeterminateError(`expected every denied cell to be denied before ${drill}, but ${String(open.length)} of them were not: ${first}; nothing was touched`)
}

/** Environments that do not answer through the ingress, in a few words each. Rejects with IndeterminateError when nobody could ask. */
export async function unreachable({ platform, run }: Omit<WatchWorld, 'fleet'>): Promise<string[]> {
  const { value } = await converge(async () => {
    const doors = await askFrontDoor({ platform, run })
    return environmentNames.filter((name) => doors.get(name)?.up !== true).map((name) => doors.get(name)?.detail ?? `${name} was not asked`)
  }, budgets.probesAgree, { consecutive: 2, every: 1000, until: (down) => down.length === 0 })
  return value
}

async function undenied({ platform, fleet }: WatchWorld): Promise<string[]> {
  const agents = agentsIn(platform, fleet.run)
  await settleRoutes(fleet, agents)
  const denied = intendedCells.filter(({ intended }) => intended === 'deny')
  const look = await observeTwice({ fleet, agents }, { cells: intendedCells })
  return denied.map((cell) => judgedCell(cell, look.of(cell))).filter(({ cell }) => cell.verdict !== 'satisfied').map(cellSentence)
}

/** The probes of the run; rejects with IndeterminateError when one of them does not run: its cells would be watched by nobody. */
export async function wholeFleet(fleet: Promise<Fleet>, drill: string): Promise<Fleet> {
  const started = await fleet
  const lost = started.members.flatMap((member) => member.ready ? [] : [`${member.endpoint.id}: ${member.why}`])
  if (lost[0] !== undefined) throw new IndeterminateError(`expected every probe to run before ${drill}, but ${String(lost.length)} do not: ${sentenceOf(lost[0])}; nothing was touched`)
  return started
}
