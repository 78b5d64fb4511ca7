import { z } from 'zod'
import { runVerdicts, verdicts, type Verdict } from './verdict.ts'

const change = z.strictObject({ id: z.string(), from: z.enum(verdicts).nullable(), to: z.enum(verdicts) })
export type Change = z.infer<typeof change>

/** What differs from the run before, requirement by requirement. */
export const changesSchema = z.strictObject({
  /** The run compared with: the last one on the same target in the ledger; null when there is none that can be read. */
  previous: z.strictObject({ runId: z.string(), finishedAt: z.iso.datetime(), verdict: z.enum(runVerdicts) }).nullable(),
  /** What the comparison is worth, one sentence. */
  note: z.string(),
  /** Failing now and not before. */
  new: z.array(change),
  /** Failing before, passing now. */
  fixed: z.array(change),
  /** Failing before and now. */
  still: z.array(change),
  /** Observed before, not observed now: lost sight of, which is neither fixed nor fine. */
  lost: z.array(change),
  /** Not observed before, passing now. */
  gained: z.array(change),
})
export type Changes = z.infer<typeof changesSchema>

type Class = 'failing' | 'passing' | 'unobserved'

const classes: Record<Verdict, Class> = {
  'satisfied': 'passing',
  'waived': 'passing',
  'not-applicable': 'passing',
  'violated': 'failing',
  'indeterminate': 'failing',
  'stale': 'failing',
  'not-run': 'unobserved',
}

type Kind = 'new' | 'fixed' | 'still' | 'lost' | 'gained' | undefined

const transitions: Record<Class, Record<Class, Kind>> = {
  failing: { failing: 'still', passing: 'fixed', unobserved: 'lost' },
  passing: { failing: 'new', passing: undefined, unobserved: 'lost' },
  unobserved: { failing: 'new', passing: 'gained', unobserved: undefined },
}

interface Run {
  readonly runId: string
  readonly finishedAt: string
  readonly verdict: (typeof runVerdicts)[number]
  readonly requirements: readonly { readonly id: string, readonly verdict: Verdict }[]
}

/** No comparison, and why. */
export function noComparison(note: string): Changes {
  return { previous: null, note, new: [], fixed: [], still: [], lost: [], gained: [] }
}

/** The kinds of change that there were, the ones that ask for something first, as every rendering names them. */
export function kindsOf(changes: Changes): { label: string, explained: string, items: readonly Change[] }[] {
  return [
    { label: 'New', explained: 'failing now, not before', items: changes.new },
    { label: 'Still', explained: 'failing before and now', items: changes.still },
    { label: 'Lost', explained: 'observed before, not now', items: changes.lost },
    { label: 'Fixed', explained: 'failing before, passing now', items: changes.fixed },
    { label: 'Gained', explained: 'passing now, not observed before', items: changes.gained },
  ].filter(({ items }) => items.length > 0)
}

/** What changed from `before` to `now`. */
export function compare(before: Run, now: Pick<Run, 'requirements'>): Changes {
  const earlier = new Map(before.requirements.map((requirement) => [requirement.id, requirement.verdict]))
  const previous = { runId: before.runId, finishedAt: before.finishedAt, verdict: before.verdict }
  const changes = { ...noComparison(''), previous }
  for (const { id, verdict } of now.requirements) {
    const from = earlier.get(id)
    const kind = transitions[from === undefined ? 'unobserved' : classes[from]][classes[verdict]]
    if (kind !== undefined) changes[kind].push({ id, from: from ?? null, to: verdict })
  }
  const differing = changes.new.length + changes.fixed.length + changes.lost.length + changes.gained.length
  changes.note = differing === 0 ? 'No requirement changed its standing since that run.' : `${differing} of ${now.requirements.length} requirements changed their standing since that run.`
  return changes
}
