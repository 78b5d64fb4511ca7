import { z } from 'zod'
import { changesSchema } from './changes.ts'
import { countsSchema } from './counts.ts'
import { trendSchema } from './trend.ts'
import { runVerdicts, verdicts } from './verdict.ts'

/** Version of the shape below; raise it when a field changes its meaning or goes away. */
export const schemaVersion = '1.0.0'

const instant = z.iso.datetime()
const digest = z.string().regex(/^[0-9a-f]{64}$/)

/** One thing that was seen. `data` is JSON, already redacted; large data is kept in `raw/` and bound here by its digest. */
export const evidenceSchema = z.strictObject({
  kind: z.enum(['observation', 'reachability', 'command', 'timing', 'chart', 'policy', 'drill']),
  title: z.string().min(1),
  at: instant,
  data: z.json().optional(),
  /** `path` is `raw/<sha256>.json` inside the run folder; `size` is in bytes. */
  raw: z.strictObject({ path: z.string(), sha256: z.string(), size: z.number().int() }).optional(),
})

export const caseSchema = z.strictObject({
  id: z.string().min(1),
  file: z.string(),
  title: z.string(),
  requirements: z.array(z.string()).min(1),
  verdict: z.enum(verdicts),
  /** Why the verdict is what it is, one sentence; required for all but `satisfied`. */
  reason: z.string().optional(),
  startedAt: instant.optional(),
  durationMs: z.number().nonnegative().optional(),
  evidence: z.array(evidenceSchema),
})

/** An entry of the requirement catalogue, before anything is known about it. */
export const catalogueEntrySchema = z.strictObject({
  id: z.string(),
  kind: z.enum(['story', 'functional', 'non-functional', 'success']),
  title: z.string(),
  /** The user stories (US-00n) that the specification traces this requirement to. */
  stories: z.array(z.string()),
})

export const requirementSchema = z.strictObject({
  ...catalogueEntrySchema.shape,
  verdict: z.enum(verdicts),
  reason: z.string().optional(),
  cases: z.array(z.string()),
})

/** What the suites and the command know at the end of a run. Nothing in here is a conclusion but the cases' own verdicts. */
const facts = {
  runId: z.string(),
  target: z.enum(['sandbox', 'lke']),
  profile: z.enum(['smoke', 'nightly', 'gameday']),
  /** The --only and --skip that were given; a run with any of them is partial. */
  filters: z.strictObject({ only: z.array(z.string()), skip: z.array(z.string()) }),
  startedAt: instant,
  finishedAt: instant,
  cases: z.array(caseSchema),
  timings: z.array(z.strictObject({ phase: z.string(), seconds: z.number().nonnegative() })),
  /** What was under test: cluster, versions, releases, state lineage and serial. Free-form, without secrets. */
  platform: z.record(z.string(), z.json()),
  /** What tested it: suite commit, tool versions, host. */
  verifier: z.record(z.string(), z.json()),
  /** What the run created on the platform, and whether it is gone. */
  footprint: z.strictObject({
    created: z.array(z.string()),
    removed: z.array(z.string()),
    /** Seen to be there still. */
    leftovers: z.array(z.string()),
    /** Could not be looked at, so not known to be gone. */
    unverified: z.array(z.string()),
  }),
}

/** What `settle` concludes from the facts (reports/model/aggregate.ts). */
const conclusions = {
  requirements: z.array(requirementSchema),
  verdict: z.enum(runVerdicts),
  exitCode: z.number().int(),
  /** What the verdict means, in a sentence or two for somebody who reads nothing else. */
  meaning: z.string(),
  /** What evidence about this target can and cannot be used for. */
  scope: z.string(),
  counts: countsSchema,
}

/** A requirement that has to be proved once a quarter by drills, and when runs of this target that are still what was sealed last did so; nulls when none did. */
export const quarterlySchema = z.strictObject({
  requirement: z.string(),
  at: instant.nullable(),
  runId: z.string().nullable(),
  /** Older than a quarter, or never. */
  stale: z.boolean(),
  /** When the proof stops to count; null when there is none, absent in runs of before it was written down. */
  expires: instant.nullable().optional(),
  /** What proves it again. */
  command: z.string(),
})
export type Quarterly = z.infer<typeof quarterlySchema>

/** What publishing adds. */
const seal = {
  schemaVersion: z.literal(schemaVersion),
  changes: changesSchema,
  /** Absent in runs of before drills were held. */
  quarterly: z.array(quarterlySchema).optional(),
  /** Absent in runs of before it was written down. */
  trend: trendSchema.optional(),
  redaction: z.strictObject({ rules: z.string(), removed: z.number().int().nonnegative() }),
  /** The key that signs the run; `keyid` is the SHA-256 of its public key (DER, SubjectPublicKeyInfo). */
  signing: z.strictObject({ algorithm: z.literal('ed25519'), keyid: digest }),
}

export const runFactsSchema = z.strictObject({ ...facts, requirements: z.array(catalogueEntrySchema) })
export const settledSchema = z.strictObject({ ...facts, ...conclusions })
export const resultsSchema = z.strictObject({ ...seal, ...facts, ...conclusions })

export type Evidence = z.infer<typeof evidenceSchema>
export type CaseResult = z.infer<typeof caseSchema>
export type CatalogueEntry = z.infer<typeof catalogueEntrySchema>
export type RequirementResult = z.infer<typeof requirementSchema>
export type RunFacts = z.infer<typeof runFactsSchema>
export type Settled = z.infer<typeof settledSchema>
export type Results = z.infer<typeof resultsSchema>
