import { z } from 'zod'
import type { ReachabilityCell } from './reachability.ts'
import { verdictInWords, verdicts, worstFirst, type Verdict } from './verdict.ts'

const perVerdict = z.strictObject({
  'satisfied': z.number().int().nonnegative(),
  'violated': z.number().int().nonnegative(),
  'indeterminate': z.number().int().nonnegative(),
  'waived': z.number().int().nonnegative(),
  'not-applicable': z.number().int().nonnegative(),
  'not-run': z.number().int().nonnegative(),
  'stale': z.number().int().nonnegative(),
})

/** The only numbers about verdicts that any rendering may show. */
export const countsSchema = z.strictObject({
  requirements: perVerdict,
  cases: perVerdict,
  /** Distinct cells of the traffic matrix over all cases of the run. */
  cells: z.strictObject({
    satisfied: z.number().int().nonnegative(),
    violated: z.number().int().nonnegative(),
    indeterminate: z.number().int().nonnegative(),
  }),
  /** Records of evidence over all cases. */
  evidence: z.number().int().nonnegative(),
})
export type Counts = z.infer<typeof countsSchema>

interface Counted {
  readonly requirements: readonly { readonly verdict: Verdict }[]
  readonly cases: readonly { readonly verdict: Verdict, readonly evidence: readonly unknown[] }[]
  readonly cells: readonly Pick<ReachabilityCell, 'verdict'>[]
}

/** Counts of a run; `cells` are the merged cells (reports/model/cells.ts), so that a cell shown by two cases counts once. */
export function count(run: Counted): Counts {
  const tally = (items: readonly { readonly verdict: string }[], verdict: string) => items.filter((item) => item.verdict === verdict).length
  const byVerdict = (items: readonly { readonly verdict: Verdict }[]) => ({
    'satisfied': tally(items, 'satisfied'),
    'violated': tally(items, 'violated'),
    'indeterminate': tally(items, 'indeterminate'),
    'waived': tally(items, 'waived'),
    'not-applicable': tally(items, 'not-applicable'),
    'not-run': tally(items, 'not-run'),
    'stale': tally(items, 'stale'),
  })
  return {
    requirements: byVerdict(run.requirements),
    cases: byVerdict(run.cases),
    cells: {
      satisfied: tally(run.cells, 'satisfied'),
      violated: tally(run.cells, 'violated'),
      indeterminate: tally(run.cells, 'indeterminate'),
    },
    evidence: run.cases.reduce((sum, one) => sum + one.evidence.length, 0),
  }
}

/** `3 violated, 2 not run, 50 satisfied`: what is not zero, worst first. */
export function countsInWords(counts: Partial<Record<Verdict, number>>): string {
  const words = worstFirst.flatMap((verdict) => ((counts[verdict] ?? 0) > 0 ? [`${counts[verdict]} ${verdictInWords(verdict)}`] : []))
  return words.length === 0 ? 'none' : words.join(', ')
}

/** How many there are in all. */
export function total(counts: Partial<Record<Verdict, number>>): number {
  return verdicts.reduce((sum, verdict) => sum + (counts[verdict] ?? 0), 0)
}
