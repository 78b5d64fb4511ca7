import { decodeTime } from 'ulid'
import { z } from 'zod'
import type { Platform } from './platform.ts'

const recordSchema = z.object({
  schemaVersion: z.literal('1.0.0'), kind: z.literal('access'), id: z.string(), action: z.string(), at: z.iso.datetime(), by: z.string().min(1),
  person: z.string().min(1), profile: z.string(), environment: z.string().nullable(), expiresAt: z.iso.datetime().nullable(), request: z.string().optional(),
  refusals: z.array(z.object({ status: z.number(), message: z.string(), afterMs: z.number() })).optional(),
})
export type AccessRecord = z.infer<typeof recordSchema> & { key: string }

/** How many of the newest records are looked at. */
const most = 60

/** The newest records of access about a person, oldest first. */
export async function accessRecordsOf({ audit }: Platform, person: string): Promise<AccessRecord[]> {
  const keys = (await audit.list('access/')).map(({ key }) => key).sort().slice(-most)
  const read = await Promise.all(keys.map(async (key) => ({ key, parsed: recordSchema.safeParse(jsonOrNothing(await audit.text(key))) })))
  return read.flatMap(({ key, parsed }) => parsed.success && parsed.data.person === person ? [{ ...parsed.data, key }] : [])
}

export interface Opening { request: string, openedAt: string, closed: boolean }

/** Every use of break-glass, by the notes in the audit bucket: their names say when. */
export async function breakGlassUses({ audit }: Platform): Promise<Opening[]> {
  const notes = (await audit.list('approvals/')).flatMap(({ key }) => {
    const [, request, what, at] = /^approvals\/([^/]+)\/note-break-glass-(opened|closed)-([0-9A-Z]{26})\.json$/.exec(key) ?? []
    return request === undefined || at === undefined ? [] : [{ request, what, at }]
  })
  return notes.filter(({ what }) => what === 'opened').map(({ request, at }) => ({
    request, openedAt: new Date(decodeTime(at)).toISOString(), closed: notes.some((note) => note.what === 'closed' && note.request === request),
  }))
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text)
  }
  catch {
    return undefined
  }
}
