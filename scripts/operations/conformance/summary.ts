import { countsInWords, total } from '../../../reports/model/counts.ts'
import type { Results } from '../../../reports/model/results.ts'

/** More findings than this are in the report only. */
const most = 12

/** A run in a few lines for a terminal: what is wrong first, then the counts, then the verdict in plain words. */
export function summaryOf(results: Results): string[] {
  const wrong = results.requirements.filter((one) => one.verdict === 'violated' || one.verdict === 'indeterminate')
  const listed = wrong.slice(0, most).map((one) => `✘ ${one.id} ${one.verdict}: ${one.reason ?? one.title}`)
  const more = wrong.length > most ? [`  and ${String(wrong.length - most)} more in the report`] : []
  const cells = total(results.counts.cells)
  return [
    ...listed,
    ...more,
    `Requirements: ${countsInWords(results.counts.requirements)} (of ${String(results.requirements.length)})`,
    `Cases:        ${countsInWords(results.counts.cases)} (of ${String(results.cases.length)})`,
    ...(cells === 0 ? [] : [`Traffic cells: ${countsInWords(results.counts.cells)} (of ${String(cells)})`]),
    ...results.timings.map(({ phase, seconds }) => `  ${phase}: ${seconds.toFixed(1)} s`),
    `Verdict: ${results.verdict}. ${results.meaning}`,
  ]
}
