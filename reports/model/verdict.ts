/** What a requirement or a case may be found to be. Only `satisfied` is a pass; everything that was not observed has another name. */
export const verdicts = ['satisfied', 'violated', 'indeterminate', 'waived', 'not-applicable', 'not-run', 'stale'] as const
export type Verdict = (typeof verdicts)[number]

/** The order in which people read them. */
export const worstFirst: readonly Verdict[] = ['violated', 'indeterminate', 'stale', 'not-run', 'waived', 'not-applicable', 'satisfied']

/** `not run` and not `not-run`, for sentences and headings. */
export function verdictInWords(verdict: Verdict): string {
  return verdict.replace('-', ' ')
}

/** What a whole run may be found to be. `partial` covers filtered runs and runs with anything `not-run`. */
export const runVerdicts = ['conformant', 'violated', 'indeterminate', 'partial'] as const
export type RunVerdict = (typeof runVerdicts)[number]

/** Process exit codes of the command line (design §10). */
export const exitCodes = {
  conformant: 0,
  violated: 1,
  usage: 2,
  indeterminate: 3,
  partial: 4,
  integrity: 5,
  interrupted: 130,
} as const
