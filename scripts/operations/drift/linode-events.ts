import { z } from 'zod'
import type { LinodeObject } from './linode-api.ts'

const eventSchema = z.object({
  id: z.number(),
  action: z.string(),
  created: z.string(),
  username: z.string().nullable(),
  entity: z.object({ id: z.union([z.string(), z.number()]), type: z.string() }).nullable(),
})
export type LinodeEvent = z.infer<typeof eventSchema>

/** Who touched something on Linode last. */
export type OwnerOf = (entity: string | undefined, id: string | undefined) => string

/** Reads events of the account; what has another shape is no event of an object. */
export function eventsIn(objects: readonly LinodeObject[]): LinodeEvent[] {
  return objects.flatMap((object) => {
    const parsed = eventSchema.safeParse(object)
    return parsed.success ? [parsed.data] : []
  })
}

/** Who did it, by the newest event about an object that has a name on it; Linode keeps events for 90 days. */
export function ownerBy(events: readonly LinodeEvent[]): OwnerOf {
  const newestFirst = events.toSorted((a, b) => b.id - a.id)
  return (type, id) => {
    const event = newestFirst.find(({ entity, username }) => username !== null && entity !== null && entity.type === type && String(entity.id) === id)
    return event === undefined ? 'unknown' : `${event.username ?? ''} (${event.action}, ${event.created}Z)`
  }
}
