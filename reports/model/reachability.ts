import { z } from 'zod'

/** How one connection attempt ended (design §6). Only `dropped` and `rejected` can be denials, and only beside a delivered control. */
export const reachabilityVerdicts = ['delivered', 'dropped', 'rejected', 'no-listener', 'dns-failure', 'client-error', 'not-run'] as const
export type ReachabilityVerdict = (typeof reachabilityVerdicts)[number]

/** One cell of the traffic matrix; the `data` of evidence of kind `reachability` is `{ cells: ReachabilityCell[], seconds }`. */
export const reachabilityCellSchema = z.strictObject({
  id: z.string(),
  from: z.strictObject({ environment: z.string(), endpoint: z.string() }),
  to: z.strictObject({ environment: z.string(), endpoint: z.string() }),
  route: z.enum(['pod-ip', 'service', 'headless', 'headless-pod', 'node-port', 'landmark']),
  protocol: z.enum(['TCP', 'UDP']),
  port: z.number().int(),
  intended: z.enum(['allow', 'deny']),
  /** What the policies in force say, computed without the network; null when it was not computed (runs before 2026-11-28 never did). */
  computed: z.enum(['allow', 'deny']).nullable().default(null),
  /** Verdict of this cell's control: an allowed attempt at the same listener, route and protocol in the same window. */
  control: z.enum(reachabilityVerdicts),
  observed: z.enum(reachabilityVerdicts),
  /** What the first attempt showed, when that decided nothing and the cell was tried again; else null. */
  first: z.enum(reachabilityVerdicts).nullable().default(null),
  /** The cell's own verdict after intent, control, observation and the far side are compared. */
  verdict: z.enum(['satisfied', 'violated', 'indeterminate']),
  nonce: z.string(),
  /** Whether the far side logged the nonce; null when its log could not be read, or it is a server that logs none. */
  farSide: z.boolean().nullable(),
  milliseconds: z.number().nonnegative(),
})
export type ReachabilityCell = z.infer<typeof reachabilityCellSchema>

export const reachabilitySchema = z.strictObject({ cells: z.array(reachabilityCellSchema), seconds: z.number().nonnegative() })
export type Reachability = z.infer<typeof reachabilitySchema>
