import { z } from 'zod'
import { runVerdicts, verdicts } from './verdict.ts'

/** Version of the shape below; raise it when a field changes its meaning or goes away. */
export const schemaVersion = '1.0.0'

const instant = z.iso.datetime()

/** One thing that was seen. `data` is JSON, already redacted; large data is kept in `raw/` and bound here by its digest. */
export const evidenceSchema = z.strictObject({
  kind: z.enum(['observation', 'reachability', 'command', 'timing']),
  title: z.string().min(1),
  at: instant,
  data: z.json().optional(),
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

export const requirementSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(['story', 'functional', 'non-functional', 'success']),
  title: z.string(),
  /** The user stories (US-00n) that the specification traces this requirement to. */
  stories: z.array(z.string()),
  verdict: z.enum(verdicts),
  reason: z.string().optional(),
  cases: z.array(z.string()),
})

export const resultsSchema = z.strictObject({
  schemaVersion: z.literal(schemaVersion),
  runId: z.string(),
  target: z.enum(['sandbox', 'lke']),
  profile: z.enum(['smoke', 'nightly', 'gameday']),
  /** The --only and --skip that were given; a run with any of them is partial. */
  filters: z.strictObject({ only: z.array(z.string()), skip: z.array(z.string()) }),
  verdict: z.enum(runVerdicts),
  startedAt: instant,
  finishedAt: instant,
  requirements: z.array(requirementSchema),
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
    leftovers: z.array(z.string()),
  }),
  redaction: z.strictObject({ rules: z.string(), removed: z.number().int().nonnegative() }),
})

export type Evidence = z.infer<typeof evidenceSchema>
export type CaseResult = z.infer<typeof caseSchema>
export type RequirementResult = z.infer<typeof requirementSchema>
export type Results = z.infer<typeof resultsSchema>
