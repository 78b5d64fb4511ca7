import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isAlive } from '../../../fixtures/sandbox/process.ts'
import { cache, paths } from '../../../fixtures/sandbox/paths.ts'

const processFile = 'process'

/** The folder in which a run keeps its journal until it is published; it names the run's process, so that a later run can tell a killed one. */
export interface Scratch {
  journal: string
  /** Where the run, its cases and what they start write what nobody needs afterwards: homes of people who follow guides, copies of the platform file. */
  temporary: string
  remove: () => Promise<void>
}

/** A run whose process ended without cleaning up. */
export interface KilledRun {
  runId: string
  /** Ends what people who followed its guides left running, and removes what it wrote for the moment. */
  tidy: () => Promise<void>
  /** For when nothing of it is left on the platform either. */
  forget: () => Promise<void>
}

/** Where runs of this machine keep things: `folder` lasts, `temporary` does not. */
interface Places { folder: string, temporary: string }
const usual = (): Places => ({ folder: join(cache, 'runs'), temporary: paths.temporary })

function temporaryOf(runId: string, { temporary }: Places): string {
  return join(temporary, `plumbline-run-${runId}`)
}

/** Makes the folders of a run. */
export async function scratchOf(runId: string, places: Places = usual()): Promise<Scratch> {
  const own = join(places.folder, runId)
  const temporary = temporaryOf(runId, places)
  await mkdir(own, { recursive: true, mode: 0o700 })
  await writeFile(join(own, processFile), String(process.pid))
  await mkdir(places.temporary, { recursive: true, mode: 0o700 })
  // Not recursive: a folder that is there already is somebody else's.
  await mkdir(temporary, { mode: 0o700 })
  return {
    journal: join(own, 'journal.ndjson'),
    temporary,
    remove: async () => {
      await rm(temporary, { recursive: true, force: true })
      await rm(own, { recursive: true, force: true })
    },
  }
}

/** Does `work` while this process, and what it starts, keep what they write for the moment in a folder. */
export async function writingTo<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = folder
  try {
    return await work()
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
}

/** Runs whose process ended without cleaning up (`kill -9`, a power cut): what they made may still be on the platform. */
export async function killedRuns(places: Places = usual()): Promise<KilledRun[]> {
  const ids = await readdir(places.folder).catch((): string[] => [])
  const killed: KilledRun[] = []
  for (const runId of ids) {
    const own = join(places.folder, runId)
    const pid = Number(await readFile(join(own, processFile), 'utf8').catch(() => '0'))
    if (isAlive(pid)) continue
    const temporary = temporaryOf(runId, places)
    killed.push({
      runId,
      tidy: async () => {
        await endReaders(temporary)
        await rm(temporary, { recursive: true, force: true })
      },
      forget: () => rm(own, { recursive: true, force: true }),
    })
  }
  return killed
}

/** What somebody who followed a guide left in the background has their home beside it; a pipeline that was being rehearsed has not, and ends by itself. */
async function endReaders(temporary: string): Promise<void> {
  const theirs = `TMPDIR=${temporary}/plumbline-guide-`
  for (const name of await readdir('/proc').catch((): string[] => [])) {
    const environment = /^\d+$/.test(name) ? await readFile(`/proc/${name}/environ`, 'utf8').catch(() => '') : ''
    if (!environment.split('\0').some((variable) => variable.startsWith(theirs))) continue
    try {
      process.kill(Number(name))
    } catch {
      // It ended meanwhile.
    }
  }
}
