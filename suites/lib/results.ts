import type { CaseResult } from '../../reports/model/results.ts'
import type { JournalLine } from './journal.ts'
import type { PlannedCase } from './selection.ts'

type LineOf<E extends JournalLine['event']> = Extract<JournalLine, { event: E }>

/**
 * The frozen plan against the journal: a case that ended has its verdict, one that began and did not end is indeterminate with the
 * evidence it had recorded, and one that left no line was not run. `why` says what is known about the end of the run as a whole.
 */
export function caseResults(plan: readonly PlannedCase[], journal: readonly JournalLine[], why: string): CaseResult[] {
  const linesOf = <E extends JournalLine['event']>(event: E): LineOf<E>[] => journal.filter((line): line is LineOf<E> => line.event === event)
  const started = linesOf('started')
  const ended = linesOf('ended')
  const evidence = linesOf('evidence')
  return plan.map(({ id, file, title, requirements }): CaseResult => {
    const base = { id, file, title, requirements: [...requirements], evidence: evidence.filter((line) => line.id === id).map((line) => line.evidence) }
    const start = started.find((line) => line.id === id)
    const end = ended.find((line) => line.id === id)
    if (start === undefined) return { ...base, verdict: 'not-run', reason: `the case was planned and never began: ${why}` }
    if (end === undefined) return { ...base, verdict: 'indeterminate', reason: `the case began and never ended: ${why}`, startedAt: start.at }
    return {
      ...base, verdict: end.verdict, startedAt: start.at, durationMs: end.durationMs, ...(end.reason === undefined ? {} : { reason: end.reason }),
    }
  })
}

/** Names of what the run made, and how long its phases took, as the worker noted them. */
export function notes(journal: readonly JournalLine[]): { created: string[], timings: { phase: string, seconds: number }[], redacted: number } {
  return {
    created: journal.flatMap((line) => line.event === 'created' ? [line.object] : []),
    timings: journal.flatMap((line) => line.event === 'timing' ? [{ phase: line.phase, seconds: line.seconds }] : []),
    redacted: journal.reduce((sum, line) => sum + (line.event === 'redacted' ? line.removed : 0), 0),
  }
}
