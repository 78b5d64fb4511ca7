import type { Report } from '../../../fixtures/sandbox/progress.ts'

/** What a stage found, in things that were really tried: tests, cases, breaches, checks. */
export interface Tally {
  passed: number
  failed: number
  skipped: number
  /** What somebody who sees a failure needs to read; shown below the table. */
  notes: readonly string[]
}

export interface StageWorld {
  report: Report
  signal: AbortSignal
}

export interface Stage {
  name: string
  /** Rejecting counts as one failure, with the sentence of the error. */
  run: (world: StageWorld) => Promise<Tally>
  /** Whether later stages are meaningless when this one fails; they are then skipped, one each. */
  gate?: boolean
  /** Runs also after an interruption or behind a failed gate: what must be cleaned up. */
  always?: boolean
}

export interface StageResult extends Tally {
  name: string
  seconds: number
}

/** One check that either holds or does not. */
export function single(holds: boolean, ...notes: string[]): Tally {
  return { passed: holds ? 1 : 0, failed: holds ? 0 : 1, skipped: 0, notes: holds ? [] : notes }
}

export function sum(tallies: readonly Tally[]): Tally {
  const total = (field: 'passed' | 'failed' | 'skipped') => tallies.reduce((all, one) => all + one[field], 0)
  return { passed: total('passed'), failed: total('failed'), skipped: total('skipped'), notes: tallies.flatMap(({ notes }) => notes) }
}

/** `12 passed, 0 failed`, and what was skipped when something was: the last line of `npm test`. */
export function inWords({ passed, failed, skipped }: Pick<Tally, 'passed' | 'failed' | 'skipped'>): string {
  return `${String(passed)} passed, ${String(failed)} failed${skipped === 0 ? '' : `, ${String(skipped)} skipped`}`
}
