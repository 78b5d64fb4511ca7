import { z } from 'zod'

/** What one attempt of the escalation catalogue was answered. Only `forbidden` is a denial; `not-applicable` says that the cluster has no such resource. */
export const attemptVerdicts = ['allowed', 'forbidden', 'not-found', 'error', 'not-run', 'not-applicable'] as const
export type AttemptVerdict = (typeof attemptVerdicts)[number]

/** Whether the attempt was an access review, a server-side dry run or a request that would have changed something. */
export const attemptForms = ['review', 'dry-run', 'real'] as const
export type AttemptForm = (typeof attemptForms)[number]

/** One cell of the access matrix: an identity, a row of the catalogue, a place. An observation whose `data` fits `accessMatrixSchema` is drawn as a matrix. */
export const accessAttemptSchema = z.strictObject({
  /** Unique within one observation. */
  id: z.string(),
  /** Row of the catalogue, as `A1`. */
  row: z.string(),
  /** Letter of the row's group. */
  group: z.enum(['A', 'B', 'C', 'D', 'E', 'F', 'G']),
  /** Who asked, as the intent names them: `production/default`, `plumbline:staging:deployer`. */
  identity: z.string(),
  /** Where: the name of a namespace, or `cluster`. */
  scope: z.string(),
  form: z.enum(attemptForms),
  intended: z.enum(['allow', 'deny']),
  verdict: z.enum(attemptVerdicts),
  /**
   * The same attempt by the row's canary, an identity that holds the grant and nothing else: `allowed` when it was answered as it must be, which is to be
   * let through, but for what means nothing (an inert wildcard) or is refused whoever asks.
   */
  control: z.enum(attemptVerdicts),
  /** What was asked, and the answer in the server's words. */
  reason: z.string(),
})
export type AccessAttempt = z.infer<typeof accessAttemptSchema>

/** Titles of the rows beside their cells, so that a drawing needs nothing else. */
export const accessMatrixSchema = z.strictObject({
  rows: z.array(z.strictObject({ id: z.string(), title: z.string(), why: z.string() })),
  cells: z.array(accessAttemptSchema),
  seconds: z.number().nonnegative(),
})
export type AccessMatrix = z.infer<typeof accessMatrixSchema>
