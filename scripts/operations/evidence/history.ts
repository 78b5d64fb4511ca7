import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readLedger } from '../../../reports/sealing/ledger.ts'
import type { LedgerEntry } from '../../../reports/sealing/ledger.ts'
import { sealedResults } from '../../../reports/sealing/previous.ts'
import { UsageFailure } from '../../console/failure.ts'

/** A run as the ledger has it. */
export interface PastRun extends Pick<LedgerEntry, 'seq' | 'runId' | 'at' | 'target' | 'verdict' | 'counts'> {
  /** Of the results in its folder; undefined when they are missing or no longer what was sealed. */
  profile: string | undefined
}

export interface History {
  /** Oldest first. */
  runs: PastRun[]
  /** One sentence for each line of the ledger that breaks the chain or cannot be read, and for each run that is not there as it was sealed. */
  faults: string[]
}

/** The runs of a reports folder, as its ledger has them. Rejects with UsageFailure when there is no such folder. */
export async function historyOf(reportsFolder: string): Promise<History> {
  if (!await stat(reportsFolder).then((found) => found.isDirectory(), () => false)) throw new UsageFailure(`A reports folder was expected at ${reportsFolder}, but nothing is there.`)
  const { entries, faults } = await readLedger(reportsFolder)
  const runs = await Promise.all(entries.map(async (entry): Promise<PastRun> => {
    const { seq, runId, at, target, verdict, counts } = entry
    const results = await sealedResults(join(reportsFolder, 'runs', runId), entry)
    return { seq, runId, at, target, verdict, counts, profile: results?.profile }
  }))
  const gone = runs.filter(({ profile }) => profile === undefined).map(({ runId }) => `Run ${runId} is missing, or no longer what was sealed.`)
  return { runs, faults: [...faults, ...gone] }
}
