import { z } from 'zod'

export const severities = ['critical', 'high', 'medium', 'low'] as const
export type Severity = (typeof severities)[number]

/** What a policy says of one resource, with what it says about itself: enough to render it without the policies at hand. */
export const policyFindingSchema = z.strictObject({
  /** `<room>/<name>`. */
  rule: z.string(),
  title: z.string(),
  severity: z.enum(severities),
  requirements: z.array(z.string()),
  solution: z.string(),
  /** Address of a planned resource, kind and name of a rendered object, or file and place in it. */
  subject: z.string(),
  verdict: z.enum(['deny', 'waived', 'unknown']),
  /** What was expected and what was seen; of what is denied, or would be without its waiver. */
  message: z.string().optional(),
  /** The value that is not known before the apply, and the live case that looks at it afterwards. */
  dependsOn: z.string().optional(),
  dischargedBy: z.string().optional(),
  waiver: z.strictObject({ owner: z.string(), approver: z.string(), reason: z.string(), ticket: z.string(), expires: z.string() }).optional(),
  /** Where it is written; `line` from 1. */
  location: z.strictObject({ file: z.string(), line: z.int().positive().optional() }).optional(),
})
export type PolicyFinding = z.infer<typeof policyFindingSchema>

export const policyCountsSchema = z.strictObject({
  denied: z.int().nonnegative(),
  waived: z.int().nonnegative(),
  unknown: z.int().nonnegative(),
  allowed: z.int().nonnegative(),
})
export type PolicyCounts = z.infer<typeof policyCountsSchema>
