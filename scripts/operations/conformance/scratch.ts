import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isAlive } from '../../../fixtures/sandbox/lock.ts'
import { cache } from '../../../fixtures/sandbox/paths.ts'

const processFile = 'process'

/** The folder in which a run keeps its journal until it is published; it names the run's process, so that a later run can tell a killed one. */
export interface Scratch {
  journal: string
  remove: () => Promise<void>
}

/** Makes the scratch folder of a run. */
export async function scratchOf(runId: string, folder: string = join(cache, 'runs')): Promise<Scratch> {
  const own = join(folder, runId)
  await mkdir(own, { recursive: true, mode: 0o700 })
  await writeFile(join(own, processFile), String(process.pid))
  return { journal: join(own, 'journal.ndjson'), remove: () => rm(own, { recursive: true, force: true }) }
}

/** Runs whose process ended without cleaning up (`kill -9`, a power cut): what they made may still be on the platform. */
export async function killedRuns(folder: string = join(cache, 'runs')): Promise<{ runId: string; forget: () => Promise<void> }[]> {
  const ids = await readdir(folder).catch((): string[] => [])
  const killed = []
  for (const runId of ids) {
    const own = join(folder, runId)
    const pid = Number(await readFile(join(own, processFile), 'utf8').catch(() => '0'))
    if (!isAlive(pid)) killed.push({ runId, forget: () => rm(own, { recursive: true, force: true }) })
  }
  return killed
}
