import { open, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256 } from './digest.ts'
import type { Ledger } from './ledger.ts'
import { manifestName } from './manifest.ts'

const prefix = '.draft-'

/** Where a run is written until the ledger names it. */
export function draftOf(reportsFolder: string, runId: string): string {
  return join(reportsFolder, 'runs', `${prefix}${runId}`)
}

/**
 * What killed runs left: a draft that the ledger names is whole and is put in its place, any other is removed. Only for whoever holds
 * the ledger's lock. Gives one sentence for each run that was completed so.
 */
export async function settleDrafts(reportsFolder: string, ledger: Ledger): Promise<readonly string[]> {
  const names = await readdir(join(reportsFolder, 'runs'))
  const notes: string[] = []
  for (const name of names.filter((one) => one.startsWith(prefix))) {
    const runId = name.slice(prefix.length)
    const entry = ledger.entries.find((one) => one.runId === runId)
    const manifest = await readFile(join(reportsFolder, 'runs', name, manifestName)).catch(() => undefined)
    if (entry !== undefined && manifest !== undefined && sha256(manifest) === entry.manifestSha256 && !names.includes(runId)) {
      await putInPlace(reportsFolder, runId)
      await pointLatestAt(reportsFolder, runId)
      notes.push(`Run ${runId} was in the ledger but had been killed before its folder was put in its place; it is there now.`)
    } else await rm(join(reportsFolder, 'runs', name), { recursive: true, force: true })
  }
  return notes
}

/** Gives a draft its name, synced. */
export async function putInPlace(reportsFolder: string, runId: string): Promise<void> {
  await rename(draftOf(reportsFolder, runId), join(reportsFolder, 'runs', runId))
  const runs = await open(join(reportsFolder, 'runs'))
  await runs.sync()
  await runs.close()
}

/** `latest` names one run or the other at every moment. Only for whoever holds the ledger's lock, as is all of this. */
export async function pointLatestAt(reportsFolder: string, runId: string): Promise<void> {
  const draft = join(reportsFolder, '.latest')
  await rm(draft, { force: true })
  await symlink(join('runs', runId), draft)
  await rename(draft, join(reportsFolder, 'latest'))
}
