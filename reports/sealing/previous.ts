import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { compare, noComparison, type Changes } from '../model/changes.ts'
import { resultsSchema, type Results } from '../model/results.ts'
import { sha256 } from './digest.ts'
import type { LedgerEntry } from './ledger.ts'
import { manifestName, manifestSchema } from './manifest.ts'

/** How to compare a new run with the last one of the same target that the ledger knows, as far as that one is still what was sealed. */
export async function comparisonWith(reportsFolder: string, entries: readonly LedgerEntry[], target: Results['target']): Promise<(now: Pick<Results, 'requirements'>) => Changes> {
  const last = entries.findLast((entry) => entry.target === target)
  if (last === undefined) return () => noComparison(`First run on the target ${target} in this ledger: there is nothing to compare with.`)
  const before = await sealedResults(join(reportsFolder, 'runs', last.runId), last)
  if (before === undefined) return () => noComparison(`The run before, ${last.runId}, is missing or no longer what was sealed, so nothing was compared with it.`)
  return (now) => compare(before, now)
}

/** The results of a run in its folder, as far as they are still what the ledger says was sealed. */
export async function sealedResults(folder: string, entry: LedgerEntry): Promise<Results | undefined> {
  try {
    const manifest = await readFile(join(folder, manifestName))
    if (sha256(manifest) !== entry.manifestSha256) return undefined
    const results = await readFile(join(folder, 'results.json'))
    const listed = manifestSchema.parse(JSON.parse(manifest.toString('utf8'))).files.find(({ path }) => path === 'results.json')
    return listed?.sha256 === sha256(results) ? resultsSchema.parse(JSON.parse(results.toString('utf8'))) : undefined
  } catch {
    return undefined
  }
}
