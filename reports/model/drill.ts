import { z } from 'zod'
import type { Evidence } from './results.ts'

/** Version of the shape below; raise it when a field changes its meaning or goes away. */
export const drillLogVersion = 1

const instant = z.iso.datetime()
const seconds = z.number().nonnegative()

/** How a step ended: done in time, done later than it may take, not done, stopped when the drill was, or never begun. */
export const stepOutcomes = ['done', 'late', 'failed', 'cut off', 'not reached'] as const

export const drillStepSchema = z.strictObject({
  title: z.string().min(1),
  /** What was typed, when the step is a command. */
  command: z.string().optional(),
  /** Absent when it was never begun. */
  startedAt: instant.optional(),
  seconds,
  /** What the step may take, seconds; absent when nothing says so. */
  atMost: z.number().positive().optional(),
  outcome: z.enum(stepOutcomes),
  /** What was expected and seen instead; required for all but `done`. */
  why: z.string().optional(),
  /** It belongs to the way back, whose time is what the target is about; others make what is taken back. */
  counts: z.boolean(),
})

/** A digest of each thing that must be again what it was, by its name, and beside it what may move on. */
export const drillDigestsSchema = z.strictObject({
  at: instant,
  /** Lower-case SHA-256 by name: `release sample-service-staging`, `NetworkPolicy staging/default-deny`, `Terraform state: content`. */
  things: z.record(z.string(), z.string()),
  /** What a drill moves on by nature, for the reader: serial of the state, revisions of the releases. */
  counters: z.record(z.string(), z.number()),
})

/** Seconds after the drill's beginning, from and to. */
const spanSchema = z.strictObject({ from: seconds, to: seconds })

export const drillWatchSchema = z.strictObject({
  /** How long was watched, and in how many of these seconds somebody looked at the denied cells; the rest is unobserved and counts for nothing. */
  seconds: z.int().nonnegative(),
  looks: z.int().nonnegative(),
  unobserved: z.int().nonnegative(),
  /** Seconds in which nobody looked at the denied cells. */
  gaps: z.array(spanSchema),
  /** Cells of the traffic table that are meant to be denied, and attempts at them that were made. */
  deniedCells: z.int().nonnegative(),
  attempts: z.int().nonnegative(),
  /** Attempts at allowed cells beside them that were delivered: without them silence would prove nothing. */
  controls: z.strictObject({ attempted: z.int().nonnegative(), delivered: z.int().nonnegative() }),
  /** Attempts that were delivered in a denied cell. The claim is that there is none. */
  delivered: z.array(z.strictObject({ cell: z.string(), at: seconds })),
  /** Each environment's sample service through the ingress. */
  environments: z.record(z.string(), z.strictObject({
    looks: z.int().nonnegative(),
    /** Seconds altogether in which it did not answer, and the longest of them on end. */
    unreachable: seconds,
    longest: seconds,
    /** What was allowed on end, seconds. */
    allowed: seconds,
    spans: z.array(spanSchema),
    /** Looks that could not be made. */
    unobserved: z.int().nonnegative(),
  })),
})

const undoSchema = z.strictObject({
  title: z.string(),
  command: z.string(),
  outcome: z.enum(['done', 'failed']),
  seconds,
  /** The end of what it said, when it failed. */
  why: z.string().optional(),
})

/** The log of one drill: the `data` of evidence of kind `drill`. */
export const drillLogSchema = z.strictObject({
  version: z.literal(drillLogVersion),
  drill: z.string(),
  title: z.string(),
  target: z.string(),
  startedAt: instant,
  finishedAt: instant,
  /** Who held it, and somebody else who saw it; null when nobody was named. */
  operator: z.string().nullable(),
  witness: z.string().nullable(),
  /** What they went by: path from the root of the checkout, and the SHA-256 of the file as it was. */
  runbook: z.strictObject({ file: z.string(), heading: z.string().optional(), sha256: z.string() }),
  touches: z.array(z.string()),
  aborts: z.array(z.string()),
  /** What the requirement allows for the steps that count, and what they took; seconds. */
  time: z.strictObject({ atMost: z.number().positive().nullable(), taken: seconds }),
  steps: z.array(drillStepSchema),
  watch: drillWatchSchema,
  /** Why it was ended early; null when it was not. */
  aborted: z.string().nullable(),
  observations: z.array(z.strictObject({ title: z.string(), at: instant, data: z.json() })),
  undone: z.array(undoSchema),
  before: drillDigestsSchema,
  /** Null when they could not be taken. */
  after: drillDigestsSchema.nullable(),
  /** What is not again what it was, in a few words each. */
  differences: z.array(z.string()),
  /** What the drill renews on purpose and has renewed. */
  renewed: z.array(z.string()),
  /** The digests are those of before, and every environment answers. */
  restored: z.boolean(),
})

export type DrillStep = z.infer<typeof drillStepSchema>
export type DrillDigests = z.infer<typeof drillDigestsSchema>
export type DrillWatch = z.infer<typeof drillWatchSchema>
export type DrillUndone = z.infer<typeof undoSchema>
export type DrillLog = z.infer<typeof drillLogSchema>

/** The drill log of one record of evidence: undefined when it is of another kind, `unreadable` when its data is no drill log. */
export function drillLogOf(evidence: Evidence): DrillLog | 'unreadable' | undefined {
  if (evidence.kind !== 'drill') return undefined
  const parsed = drillLogSchema.safeParse(evidence.data)
  return parsed.success ? parsed.data : 'unreadable'
}

/** What is different between two takings, as names with what happened to them; empty when nothing is. Counters may differ. */
export function digestDifferences({ things: before }: DrillDigests, { things: after }: DrillDigests): string[] {
  return thingDifferences(before, after)
}

/** The same of digests alone, by the names of what they are of. */
export function thingDifferences(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted().flatMap((name) => {
    const [was, is] = [before[name], after[name]]
    if (was === is) return []
    return [`${name} ${is === undefined ? 'is missing' : was === undefined ? 'was not there before' : 'is changed'}`]
  })
}
