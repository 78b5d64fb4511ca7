import { z } from 'zod'
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

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text)
  }
  catch {
    return undefined
  }
}
