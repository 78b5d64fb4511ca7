import { z } from 'zod'
import type { PolicyEvidence } from '../../../reports/model/discharge.ts'
import { policyFindingSchema } from '../../../reports/model/policy.ts'
import { IndeterminateError } from '../indeterminate.ts'
import { jsonOrNothing } from '../json.ts'
import type { Platform } from './platform.ts'

/** What the pipeline leaves in the audit bucket about each of its runs, as far as cases need it. */
const eventSchema = z.object({
  id: z.string(),
  outcome: z.enum(['success', 'failure', 'interrupted']),
  incremental: z.boolean(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  durationMs: z.number().nonnegative(),
  stateSerial: z.number().nullable(),
  changes: z.record(z.string(), z.number()).nullable(),
  planDigest: z.string().nullable().default(null),
  releases: z.array(z.object({ name: z.string(), action: z.string() })).default([]),
  /** What the policies said; missing when they were not asked. */
  policy: z.object({
    planDigest: z.string(),
    denied: z.number(),
    waived: z.number(),
    unknown: z.number(),
    allowed: z.number(),
    /** What was not known before the apply, and the case that looks at it. */
    open: z.array(z.object({ rule: z.string(), subject: z.string(), dischargedBy: z.string().nullable() })).default([]),
    /** Digest of the policies, and all that they did not allow; runs of an older pipeline did not tell it. */
    policies: z.string().default(''),
    findings: z.array(policyFindingSchema).optional(),
  }).optional(),
  phases: z.array(z.object({ phase: z.string(), seconds: z.number().nonnegative() })),
})
export type ProvisioningEvent = z.infer<typeof eventSchema>

/** How many of the newest events are looked at. */
const most = 50

export interface ProvisioningHistory {
  /** Newest last. */
  events: ProvisioningEvent[]
  /** Keys of objects that are not such an event. */
  unreadable: string[]
}

/** The newest events of the pipeline, in the order of their ends. */
export async function readProvisioning({ audit }: Platform): Promise<ProvisioningHistory> {
  const keys = (await audit.list('provisioning/')).map(({ key }) => key).filter((key) => key.endsWith('.json')).sort().slice(-most)
  const read = await Promise.all(keys.map(async (key) => ({ key, parsed: eventSchema.safeParse(jsonOrNothing(await audit.text(key))) })))
  return {
    events: read.flatMap(({ parsed }) => parsed.success ? [parsed.data] : []).sort((a, b) => a.finishedAt < b.finishedAt ? -1 : 1),
    unreadable: read.flatMap(({ key, parsed }) => parsed.success ? [] : [key]),
  }
}

/** Whether a run changed anything: Terraform applied something, or a release got a new revision. */
export function applied({ changes, releases }: Pick<ProvisioningEvent, 'changes' | 'releases'>): boolean {
  return Object.values(changes ?? {}).some((count) => count > 0) || releases.some(({ action }) => action !== 'unchanged')
}

/** What is wrong with how the policies were asked in a run that applied something, a sentence each. */
export function unjudged({ id, planDigest, policy }: Pick<ProvisioningEvent, 'id' | 'planDigest' | 'policy'>): string[] {
  if (policy === undefined) return [`the run ${id} applied something, and its event has no verdict of the policies`]
  const judged = policy.denied + policy.waived + policy.unknown + policy.allowed
  return [
    ...(policy.planDigest === planDigest ? [] : [`the run ${id} applied the plan ${planDigest ?? 'that it did not name'}, but the policies judged ${policy.planDigest}`]),
    ...(policy.denied === 0 ? [] : [`the run ${id} applied something although the policies denied it ${policy.denied} times`]),
    ...(judged > 0 ? [] : [`the policies looked at nothing in the run ${id}`]),
  ]
}

/** What the policies said of the newest run that succeeded and asked them. Throws IndeterminateError when there is none, or it does not tell what it did not know. */
export function newestVerdict(events: readonly ProvisioningEvent[]): PolicyEvidence {
  const newest = events.findLast(({ outcome, policy }) => outcome === 'success' && policy !== undefined)
  if (newest?.policy === undefined) throw new IndeterminateError('expected the event of a run that asked the policies, but there is none; run "plumbline provision"')
  const { id, finishedAt, policy: { policies, denied, waived, unknown, allowed, findings } } = newest
  if (findings === undefined) throw new IndeterminateError(`expected the event of the run ${id} to tell what the policies could not know, but an older pipeline wrote it; run "plumbline provision"`)
  return { run: id, finishedAt, policies, counts: { denied, waived, unknown, allowed }, findings }
}
