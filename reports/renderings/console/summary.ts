import { countsInWords } from '../../model/counts.ts'
import { dischargesOf, newestPolicy } from '../../model/discharge.ts'
import type { Results } from '../../model/results.ts'
import type { Verdict } from '../../model/verdict.ts'

/** How many requirements are listed by name before "and N more". */
const most = 12

/** The outcome of a run in a few plain lines: no colour, no control characters, worst first. `reportPath` is printed as it is given. */
export function consoleSummary(results: Results, reportPath: string): readonly string[] {
  const open = (['violated', 'indeterminate', 'stale'] as const).flatMap((verdict) => listed(results, verdict))
  const rest = open.length - most
  return [
    `${results.verdict.toUpperCase()} on ${results.target} (profile ${results.profile}, exit code ${results.exitCode})`,
    results.meaning,
    `  requirements  ${countsInWords(results.counts.requirements)}`,
    `  cases         ${countsInWords(results.counts.cases)}`,
    `  traffic cells ${countsInWords(results.counts.cells)}`,
    ...policyLine(results),
    ...open.slice(0, most),
    ...(rest > 0 ? [`  and ${rest} more in the report`] : []),
    ...results.footprint.unverified.map((name) => `  not known to be gone: ${name}`),
    ...results.footprint.leftovers.map((name) => `  left on the platform: ${name}`),
    `  since last run ${results.changes.note}`,
    results.scope,
    `report: ${reportPath}`,
  ]
}

/** Requirements that stand as they do for one and the same reason share a line. */
function listed(results: Results, verdict: Verdict): readonly string[] {
  const byReason = Map.groupBy(results.requirements.filter((requirement) => requirement.verdict === verdict), ({ reason }) => reason ?? verdict)
  return [...byReason].map(([reason, requirements]) => `  ${verdict.padEnd(13)} ${requirements.map(({ id }) => id).join(', ')}: ${reason}`)
}

/** What the policies could not know before the newest apply, and what has become of it. */
function policyLine({ cases }: Results): readonly string[] {
  if (newestPolicy(cases) === undefined) return []
  const states = Object.entries(Object.groupBy(dischargesOf(cases), ({ state }) => state)).map(([state, those]) => `${those.length} ${state}`)
  return [`  unknowns      ${states.join(', ') || 'none'} of those that the policies had at the newest apply`]
}
