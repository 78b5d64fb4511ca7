import type { Results } from '../model/results.ts'
import type { Trend } from '../model/trend.ts'
import type { Ledger } from './ledger.ts'

/** How many earlier runs are drawn at most: a month of nightly runs. */
const mostRuns = 29

/** The runs that came before on this target. None when the chain of the ledger is broken: then nobody knows what it had. */
export function trendOf({ entries, faults }: Pick<Ledger, 'entries' | 'faults'>, target: Results['target']): Trend {
  if (faults.length > 0) return { note: 'The ledger is broken, so nothing is drawn from it.', runs: [] }
  const earlier = entries.filter((entry) => entry.target === target)
  if (earlier.length === 0) return { note: `First run on the target ${target} in this ledger.`, runs: [] }
  const runs = earlier.slice(-mostRuns).map(({ runId, at, verdict, counts }) => ({ runId, at, verdict, requirements: counts.requirements }))
  const kept = runs.length === earlier.length ? '' : `, of ${earlier.length} in all`
  return { note: `This run beside the ${runs.length === 1 ? 'one' : runs.length} before it on the target ${target}${kept}, whatever their profile and filters, as the ledger has them: a requirement that a run left out counts as not run.`, runs }
}
