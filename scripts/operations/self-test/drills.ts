import { setTimeout as delay } from 'node:timers/promises'
import { digestDifferences } from '../../../reports/model/drill.ts'
import type { DrillDigests } from '../../../reports/model/drill.ts'
import { allDrills, drillCase } from '../../../suites/intent/drills.ts'
import type { DrillFacts } from '../../../suites/intent/drills.ts'
import { sorted } from '../../../suites/lib/drills/digests.ts'
import { journalsIn } from '../../../suites/lib/drills/journal.ts'
import { conform } from '../conformance/conform.ts'
import { drillDigests } from '../drills/digests.ts'
import { drillsFolder, openJournals } from '../drills/offer.ts'
import { restoreDrills } from '../drills/restore.ts'
import { killedAfter } from './killed.ts'
import type { AtWork } from './killed.ts'
import { randomFractions } from './random.ts'
import type { Random } from './random.ts'
import { caseTally } from './sandbox.ts'
import type { Stage, StageWorld, Tally } from './stage.ts'
import { single, sum } from './stage.ts'

const held = allDrills.filter(({ targets }) => targets.includes('sandbox'))

/** Every drill that the sandbox has, one after the other, as a quarter's run holds them. */
export const everyDrill: Stage = {
  name: 'every drill',
  run: async ({ report, signal }) => {
    const { results } = await conform({ target: 'sandbox', profile: 'gameday', only: held.map(drillCase), skip: [], report, signal })
    signal.throwIfAborted()
    return caseTally(results)
  },
}

/** How long a drill may take to come so far that there is something to kill, in milliseconds: what it needs of the platform has to start first, up to 120 services. */
const begins = 300_000

/** How long a process that was killed may take to be gone, in milliseconds. */
const outlives = 30_000

/** Where in a drill the moments lie: milliseconds after its digests were taken. Few drills take longer than this to act. */
const latestMoment = 20_000

/**
 * On a provisioned sandbox: drills are killed with SIGKILL at moments that the seed decides, and `drill --restore` puts each back. The digests, taken by this
 * program before and after, are equal but for what the drill renews. A drill that had ended by itself before its moment is held again and killed at a quarter of it.
 */
export function drillsKilledAtRandomMoments(random: Random): Stage {
  return {
    name: `kill -9 of drills at ${String(random.count)} moments`,
    run: async (world) => {
      const tallies: Tally[] = []
      for (const [index, fraction] of randomFractions(random).entries()) {
        world.signal.throwIfAborted()
        const drill = held[index % held.length]
        if (drill === undefined) throw new Error('expected a drill for the sandbox, but there is none')
        tallies.push(await killedAndPutBack(drill, { ...world, milliseconds: fraction * latestMoment }))
      }
      return sum(tallies)
    },
  }
}

interface Moment extends StageWorld { milliseconds: number }

async function killedAndPutBack(drill: DrillFacts, { milliseconds, ...world }: Moment): Promise<Tally> {
  const before = await drillDigests('sandbox')
  const at = `${drill.name}, killed ${(milliseconds / 1000).toFixed(1)} s after its digests were taken`
  world.report({ phase: at, state: 'started' })
  const struck = await killed(drill, milliseconds)
  if (!struck && milliseconds > 1000) return await killedAndPutBack(drill, { ...world, milliseconds: milliseconds / 4 })
  const faults = struck ? await putBack(drill, before, world) : ['it could not be killed: it ended by itself before every moment']
  world.report({ phase: at, state: faults.length === 0 ? 'finished' : 'failed', ...faults[0] === undefined ? {} : { message: faults[0] } })
  return single(faults.length === 0, `${at}: ${faults.join('; ')}`)
}

/** Whether the drill had begun and had not been put back when its process was killed. */
async function killed({ name }: DrillFacts, milliseconds: number): Promise<boolean> {
  return await killedAfter(['drill', name, '--yes'], async (command) => {
    if (await begun(command)) await Promise.race([command.ended, delay(milliseconds)])
    return !command.hasEnded() && (await journalsIn(drillsFolder)).length > 0
  })
}

/** Resolves once the drill has written down what was there before, with false when its process ended first. */
async function begun({ hasEnded }: AtWork): Promise<boolean> {
  const end = performance.now() + begins
  while (!hasEnded() && performance.now() < end) {
    const [found] = await journalsIn(drillsFolder)
    if (found?.journal?.before !== undefined && found.journal.before !== null) return true
    await delay(100)
  }
  return false
}

async function putBack({ renews = [] }: DrillFacts, before: DrillDigests, { report }: StageWorld): Promise<string[]> {
  const gone = performance.now() + outlives
  // What was killed is there for a moment longer than whoever started it.
  while ((await openJournals()).length === 0 && performance.now() < gone) await delay(100)
  if ((await openJournals()).length === 0) return ['expected it to be open for `drill --restore`, but it was not']
  const faults = (await restoreDrills({ report })).flatMap(({ restored, undone, differences }) => restored ? [] : [...differences, ...undone.filter(({ outcome }) => outcome !== 'done').map(({ title }) => `not put back: ${title}`)])
  const { left } = sorted(digestDifferences(before, await drillDigests('sandbox')), renews)
  return [...faults, ...left.map((change) => `after it was put back, ${change}`)]
}
