import { decodeTime } from 'ulid'
import { z } from 'zod'
import { budgets } from '../budgets.ts'
import { converge } from '../converge.ts'
import { jsonOrNothing } from '../json.ts'
import { logsOn } from './logs.ts'
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
  const read = await Promise.all(keys.map(async (key) => ({ key, parsed: recordSchema.safeParse(jsonOrNothing(await textOrGone(audit, key))) })))
  return read.flatMap(({ key, parsed }) => parsed.success && parsed.data.person === person ? [{ ...parsed.data, key }] : [])
}

/** Records of a request that the log store holds, by what was done, waited for inside a budget until there are `count`. */
export async function accessRecordsInLogs(platform: Platform, request: string, count: number): Promise<string[]> {
  const once = async (): Promise<string[]> => {
    const records = await logsOn(platform).query(`_time:1h source:=access request:="${request}"`)
    return [...new Map(records.map((record) => [record['record_id'] ?? '', record['action'] ?? ''])).values()].sort()
  }
  return (await converge(once, budgets.auditRecordArrives, { consecutive: 1, every: 1000, until: (actions) => actions.length >= count })).value
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

/** Nothing for an object that is not there any more when it is read: it was hidden since it was listed. */
async function textOrGone(bucket: Platform['audit'], key: string): Promise<string> {
  try {
    return await bucket.text(key)
  }
  catch (error) {
    if ((await bucket.list(key)).some((one) => one.key === key)) throw error
    return ''
  }
}
