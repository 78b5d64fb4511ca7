import { join } from 'node:path'
import type { Quarterly, Results } from '../model/results.ts'
import type { LedgerEntry } from './ledger.ts'
import { sealedResults } from './previous.ts'

/** A case that has to be run every so many days, and what runs it. */
export interface DueCase {
  readonly case: string
  readonly requirements: readonly string[]
  readonly command: string
  readonly days: number
}

/** When a case was last satisfied, and by which run. */
type Proof = Pick<Results, 'runId'> & { readonly at: string }
type Seen = Pick<Results, 'runId' | 'finishedAt' | 'cases'>

const day = 24 * 3600 * 1000

/** How many earlier runs are read at most: a run weighs megabytes, and drills are held once a quarter or more often. */
const mostRuns = 60

/**
 * When each requirement that is due was last proved whole: every one of its due cases satisfied, by this run or by earlier runs of the target that are still
 * what was sealed. It is as old as its oldest case. Concludes nothing about verdicts.
 */
export async function quarterlyWith(reportsFolder: string, entries: readonly LedgerEntry[], { target, due }: { target: Results['target'], due: readonly DueCase[] }): Promise<(now: Seen) => Quarterly[]> {
  const proofs = new Map<string, Proof>()
  const earlier = due.length === 0 ? [] : entries.filter((entry) => entry.target === target).toReversed().slice(0, mostRuns)
  for (const entry of earlier) {
    if (due.every((one) => proofs.has(one.case))) break
    const run = await sealedResults(join(reportsFolder, 'runs', entry.runId), entry)
    if (run !== undefined) noteProofs(proofs, run, due)
  }
  return (now) => {
    const own = new Map<string, Proof>()
    noteProofs(own, now, due)
    return standings(new Map([...proofs, ...own]), due, Date.parse(now.finishedAt))
  }
}

function noteProofs(proofs: Map<string, Proof>, { runId, finishedAt, cases }: Seen, due: readonly DueCase[]): void {
  for (const { case: id } of due) {
    const found = cases.find((one) => one.id === id)
    if (found?.verdict === 'satisfied' && !proofs.has(id)) proofs.set(id, { runId, at: found.startedAt ?? finishedAt })
  }
}

function standings(proofs: ReadonlyMap<string, Proof>, due: readonly DueCase[], now: number): Quarterly[] {
  const requirements = [...new Set(due.flatMap((one) => one.requirements))].toSorted()
  return requirements.map((requirement) => {
    const own = due.filter((one) => one.requirements.includes(requirement)).map((one) => ({ ...one, proof: proofs.get(one.case) }))
    const proved = own.flatMap(({ proof, days }) => (proof === undefined ? [] : [{ ...proof, end: Date.parse(proof.at) + days * day }]))
    const whole = proved.length === own.length
    const oldest = whole ? proved.toSorted((a, b) => a.at.localeCompare(b.at))[0] : undefined
    const expired = own.filter(({ proof, days }) => proof === undefined || now - Date.parse(proof.at) > days * day)
    const again = expired.length > 0 ? expired : own
    return {
      requirement,
      at: oldest?.at ?? null,
      runId: oldest?.runId ?? null,
      stale: expired.length > 0,
      expires: whole ? new Date(Math.min(...proved.map(({ end }) => end))).toISOString() : null,
      command: again.map(({ command }) => command).join(' && '),
    }
  })
}
