import { exitCodes, type Verdict } from '../model/verdict.ts'

/**
 * The seven verdicts as formats with fewer words can tell them apart. `unobserved` is not looked at, or too long ago; `excused` is a waiver or a proof that the
 * requirement does not apply. Only what is satisfied has passed.
 */
export type Outcome = 'passed' | 'failed' | 'undecided' | 'unobserved' | 'excused'

export const outcomes: Readonly<Record<Verdict, Outcome>> = {
  'satisfied': 'passed',
  'violated': 'failed',
  'indeterminate': 'undecided',
  'not-run': 'unobserved',
  'stale': 'unobserved',
  'waived': 'excused',
  'not-applicable': 'excused',
}

/**
 * The run as one more test, in formats whose readers only look at tests: a requirement without a case, an object left behind or a filter would else show nowhere.
 * It has passed when the exit code is 0, and then only.
 */
export const runTest = { suite: 'plumbline', id: 'plumbline/run', title: 'the run is conformant' } as const

export function outcomeOfRun(exitCode: number): Extract<Outcome, 'passed' | 'failed' | 'undecided'> {
  if (exitCode === exitCodes.conformant) return 'passed'
  return exitCode === exitCodes.violated ? 'failed' : 'undecided'
}

/** The family of a case: the folder of suites/ that it lies in. */
export function familyOf(id: string): string {
  return id.split('/')[0] ?? id
}
