import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { sandboxConnection } from '../../../fixtures/sandbox/connection.ts'
import type { Report } from '../../../fixtures/sandbox/progress.ts'
import { inTemporaryFolder } from '../../../fixtures/sandbox/temporary.ts'
import { digestDifferences } from '../../../reports/model/drill.ts'
import type { DrillUndone } from '../../../reports/model/drill.ts'
import { sorted } from '../../../suites/lib/drills/digests.ts'
import { journalsIn } from '../../../suites/lib/drills/journal.ts'
import type { DrillJournal, FoundJournal } from '../../../suites/lib/drills/journal.ts'
import { undoAll } from '../../../suites/lib/drills/undo.ts'
import { surroundingsOf } from '../../../suites/lib/guides/guides.ts'
import { sentenceOf } from '../../console/failure.ts'
import { guidesFor } from '../conformance/guides.ts'
import { readOutputs } from '../pipeline/read-outputs.ts'
import { drillDigests } from './digests.ts'
import { drillsFolder, openJournals } from './offer.ts'

/** What became of one drill that had not been put back. */
export interface Restoration {
  drill: string
  runId: string
  journal: string
  undone: DrillUndone[]
  /** What is not as it was before the drill; empty when everything is. */
  differences: string[]
  /** All is as it was, and the journal is gone. */
  restored: boolean
}

/** How long what was put back may take to be as it was, and how often it is looked at meanwhile; milliseconds. Pods that a rollback ended are gone within seconds. */
const settles = 120_000
const lookAgainAfter = 10_000

/** Puts back every drill whose process is gone. A journal that cannot be read is told, and left. */
export async function restoreDrills(options: { report: Report }): Promise<Restoration[]> {
  return restoreAll(await openJournals(), options)
}

/** Puts back the drill of a run of this very process, if it was not. */
export async function putBackOwn(runId: string, options: { report: Report }): Promise<Restoration[]> {
  return restoreAll((await journalsIn(drillsFolder)).filter(({ journal }) => journal?.runId === runId), options)
}

async function restoreAll(found: readonly FoundJournal[], { report }: { report: Report }): Promise<Restoration[]> {
  const done: Restoration[] = []
  for (const { file, journal } of found) {
    const phase = `put back ${journal?.drill ?? file}`
    report({ phase, state: 'started' })
    const result = journal === undefined ? unreadable(file) : await restore(file, journal, (title) => report({ phase, state: 'progress', message: title }))
    report({ phase, state: result.restored ? 'finished' : 'failed', message: result.restored ? 'everything is as it was' : result.differences[0] ?? '' })
    done.push(result)
  }
  return done
}

function unreadable(file: string): Restoration {
  return { drill: 'unknown', runId: 'unknown', journal: file, undone: [], restored: false, differences: [`the journal ${file} cannot be read: see what is left with \`npx plumbline drift\`, put it right with \`npx plumbline provision\`, and remove the file`] }
}

async function restore(file: string, journal: DrillJournal, onEach: (title: string) => void): Promise<Restoration> {
  const { drill, runId, before } = journal
  const told = { drill, runId, journal: file }
  if (before === null) {
    // It ended before it touched anything.
    await rm(file, { force: true })
    return { ...told, undone: [], differences: [], restored: true }
  }
  const undone = await inOperatorsPlace(journal, async (surroundings) => undoAll(journal.undo, surroundings, onEach))
  const differences = await leftOf(journal, before)
  const restored = differences.length === 0 && undone.every(({ outcome }) => outcome === 'done')
  if (restored) await rm(file, { force: true })
  return { ...told, undone, differences, restored }
}

type Surroundings = ReturnType<typeof surroundingsOf>

/** What an operator works with is made anew: what the drill's own run had is gone with it. */
async function inOperatorsPlace<T>({ target }: DrillJournal, work: (surroundings: Surroundings) => Promise<T>): Promise<T> {
  return await inTemporaryFolder('restore', async (folder) => {
    const connection = target === 'sandbox' ? await sandboxConnection() : undefined
    const outputs = await readOutputs(target)
    return await work(surroundingsOf(await guidesFor({ journal: join(folder, 'journal'), connection, outputs }, {})))
  })
}

async function leftOf({ target, renews }: DrillJournal, before: NonNullable<DrillJournal['before']>): Promise<string[]> {
  const look = async (): Promise<string[]> => drillDigests(target).then((after) => sorted(digestDifferences(before, after), renews).left, (error: unknown) => [`what is there could not be read: ${sentenceOf(error)}`])
  const end = performance.now() + settles
  let left = await look()
  while (left.length > 0 && performance.now() < end) {
    await delay(lookAgainAfter)
    left = await look()
  }
  return left
}
