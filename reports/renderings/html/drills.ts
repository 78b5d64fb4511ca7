import { drillLogOf, type DrillLog } from '../../model/drill.ts'
import type { CaseResult } from '../../model/results.ts'
import { drillSvg } from './drill-svg.ts'

/** Every drill log of a run, in the order of its cases, as the page shows it. */
export function drillsView(cases: readonly CaseResult[]) {
  const logs = cases.flatMap((one) => one.evidence.flatMap((evidence) => {
    const log = drillLogOf(evidence)
    return log === undefined || log === 'unreadable' ? [] : [{ log, one }]
  }))
  return logs.map(({ log, one }, index) => ({ ...log, anchor: `drill-${index + 1}`, caseId: one.id, verdict: one.verdict, words: drillInWords(log), svg: drillSvg(log, drillInWords(log)), counters: countersOf(log) }))
}

/** What the drawing shows, for whoever cannot see it. */
export function drillInWords({ drill, steps, watch, time, restored }: DrillLog): string {
  const done = steps.filter(({ outcome }) => outcome === 'done').length
  const away = Object.entries(watch.environments).map(([name, { unreachable }]) => `${name} ${unreachable} s`)
  return [
    `${drill}: ${done} of ${steps.length} steps done`,
    `the way back took ${time.taken.toFixed(0)} s${time.atMost === null ? '' : ` of at most ${time.atMost} s`}`,
    `${watch.looks} of ${watch.seconds} s watched, ${watch.attempts} attempts at ${watch.deniedCells} denied cells, ${watch.delivered.length} delivered`,
    `out of reach: ${away.join(', ')}`,
    restored ? 'everything is as it was before' : 'not everything is as it was before',
  ].join('; ')
}

/** What moved on by nature, with both numbers. */
function countersOf({ before, after }: DrillLog): { name: string, from: number, to: number | undefined }[] {
  return Object.entries(before.counters).map(([name, from]) => ({ name, from, to: after?.counters[name] })).filter(({ from, to }) => from !== to)
}
