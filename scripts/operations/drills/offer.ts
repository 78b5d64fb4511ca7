import { join } from 'node:path'
import { cache, repository } from '../../../fixtures/sandbox/paths.ts'
import { isAlive, startOf } from '../../../fixtures/sandbox/process.ts'
import { exitCodes } from '../../../reports/model/verdict.ts'
import { journalsIn } from '../../../suites/lib/drills/journal.ts'
import type { FoundJournal } from '../../../suites/lib/drills/journal.ts'
import type { SuiteRun } from '../../../suites/lib/run.ts'
import { CommandFailure } from '../../console/failure.ts'
import type { Target } from '../pipeline/installation.ts'
import type { DrillPeople } from './people.ts'

/** Where the journals of drills lie that have not been put back. */
export const drillsFolder = join(cache, 'drills')

/** What the suites are handed to hold drills with. */
export async function drillsFor(target: Target, people: DrillPeople = { operator: null, witness: null }): Promise<NonNullable<SuiteRun['drills']>> {
  return {
    target,
    folder: drillsFolder,
    process: { pid: process.pid, start: startOf(process.pid) ?? null },
    open: (await openJournals()).map(({ file, journal }) => ({ file, drill: journal?.drill ?? 'a drill whose journal cannot be read' })),
    ...people,
    digests: { program: process.execPath, args: [join(repository, 'scripts/operations/drills/run-digests.ts'), target] },
  }
}

/** Rejects when a drill is open, held or left: the next one would refuse to begin, and is told so before anything is made for it. */
export async function refuseOpenDrill(folder = drillsFolder): Promise<void> {
  const [left] = await openJournals(folder)
  if (left !== undefined) throw new CommandFailure(`${left.journal?.drill ?? 'A drill whose journal cannot be read'} was killed and has not been put back (${left.file}): run \`npx plumbline drill --restore\` first.`, exitCodes.integrity)
  const [held] = await journalsIn(folder)
  if (held !== undefined) throw new CommandFailure(`${held.journal?.drill ?? 'Another drill'} is being held by the process ${String(held.journal?.process.pid)}: wait until it has ended.`, exitCodes.partial)
}

/** Journals of drills whose process is gone, and those that nobody can read. */
export async function openJournals(folder = drillsFolder): Promise<FoundJournal[]> {
  return (await journalsIn(folder)).filter(({ journal }) => journal === undefined || !atWork(journal.process))
}

function atWork({ pid, start }: { pid: number, start: string | null }): boolean {
  return isAlive(pid) && (start === null || startOf(pid) === start)
}
