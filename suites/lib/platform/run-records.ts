import { z } from 'zod'
import { jsonOrNothing } from '../json.ts'
import type { Platform } from './platform.ts'

/** What NFR-004 asks the event of a run to hold, however it ended: outcome, duration, actor, and what was planned and came of it. */
const eventSchema = z.looseObject({
  schemaVersion: z.string().regex(/^1\./, 'a version of the schema that is known here, 1.x'),
  kind: z.literal('provisioning'),
  id: z.string().regex(/^[0-9A-Z]{26}$/, 'a ULID'),
  outcome: z.enum(['success', 'failure', 'interrupted']),
  incremental: z.boolean(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  durationMs: z.int().nonnegative(),
  actor: z.string().min(1),
  planDigest: z.string().regex(/^sha256:[0-9a-f]{64}$/).nullable(),
  stateSerial: z.int().nullable(),
  stateLineage: z.string().nullable(),
  phases: z.array(z.object({ phase: z.string(), seconds: z.number().nonnegative() })),
  undone: z.array(z.string()).optional(),
  left: z.array(z.string()).optional(),
  reason: z.string().min(1).optional(),
})
const startSchema = z.looseObject({ kind: z.literal('provisioning-started'), id: z.string(), startedAt: z.iso.datetime() })

const startPrefix = 'provisioning-started/'
const eventPrefix = 'provisioning/'
/** A duration and two times are taken by different clocks of one process. Milliseconds. */
const rounding = 1000

export type RunEvent = z.infer<typeof eventSchema>

/** A record of the pipeline as the store holds it; `at` is the store's own time. */
export interface StoredRecord { key: string, at: Date, id: string, document: unknown }

/** The newest `most` events, oldest first, each as it lies in the audit bucket. */
export async function readEvents(platform: Pick<Platform, 'audit'>, most: number): Promise<StoredRecord[]> {
  return await newest(platform, eventPrefix, most)
}

/** The newest `most` records of starts, oldest first. */
export async function readStarts(platform: Pick<Platform, 'audit'>, most: number): Promise<(StoredRecord & { startedAt: string })[]> {
  const stored = await newest(platform, startPrefix, most)
  return stored.flatMap((record) => {
    const parsed = startSchema.safeParse(record.document)
    return parsed.success ? [{ ...record, startedAt: parsed.data.startedAt }] : []
  })
}

async function newest({ audit }: Pick<Platform, 'audit'>, prefix: string, most: number): Promise<StoredRecord[]> {
  const listed = (await audit.list(prefix)).filter(({ key }) => key.endsWith('.json')).sort((a, b) => a.key < b.key ? -1 : 1).slice(-most)
  return await Promise.all(listed.map(async ({ key, at }) => ({ key, at, id: /-([0-9A-Z]{26})\.json$/.exec(key)?.[1] ?? '', document: jsonOrNothing(await audit.text(key)) })))
}

/** The event that a record holds; undefined when it holds none. */
export function eventIn({ document }: Pick<StoredRecord, 'document'>): RunEvent | undefined {
  return eventSchema.safeParse(document).data
}

/** What an event lacks or contradicts, as sentences. */
export function eventFaults({ key, document }: Pick<StoredRecord, 'key' | 'document'>): string[] {
  const parsed = eventSchema.safeParse(document)
  if (!parsed.success) {
    return parsed.error.issues.map(({ path, message }) => `expected ${key} to be the event of a run as NFR-004 asks, but ${path.map(String).join('.') || 'it'} is wrong: ${message}`)
  }
  const { startedAt, finishedAt, durationMs, outcome, reason } = parsed.data
  const between = Date.parse(finishedAt) - Date.parse(startedAt)
  return [
    ...Math.abs(between - durationMs) <= rounding ? [] : [`expected the duration in ${key} to be that between its two times (${between} ms), but it is ${durationMs} ms`],
    ...outcome === 'success' || reason !== undefined ? [] : [`expected ${key} to say why the run ended in ${outcome}, but it gives no reason`],
  ]
}
