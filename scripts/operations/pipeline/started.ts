import { hostname } from 'node:os'
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3'
import type { S3Client } from '@aws-sdk/client-s3'
import { ulid } from 'ulid'
import { z } from 'zod'
import { isAlive, startOf } from '../../../fixtures/sandbox/process.ts'
import { actor, eventPrefix } from './events.ts'
import type { ProvisioningEvent } from './events.ts'
import { targets } from './installation.ts'
import type { Target } from './installation.ts'
import { putLocked } from './object-storage.ts'

/** Key prefix of the records of starts in the audit bucket; the keys after it sort by time. */
export const startPrefix = 'provisioning-started/'

/** What a run leaves before it touches anything: a run that is killed cannot say so itself, and the next one says it for it. */
export const startRecordSchema = z.strictObject({
  schemaVersion: z.literal('1.0.0'),
  kind: z.literal('provisioning-started'),
  /** ULID; the event of the run has the same. */
  id: z.string(),
  target: z.enum(targets),
  incremental: z.boolean(),
  startedAt: z.iso.datetime(),
  actor: z.string(),
  host: z.string(),
  pid: z.int(),
  /** When the process began, in the kernel's ticks since its boot: process ids are used again. Null where the kernel does not say. */
  processStart: z.string().nullable(),
})
export type StartRecord = z.infer<typeof startRecordSchema>

const day = 24 * 3600 * 1000
/** How far back a run without an end is looked for. */
const lookBack = 7 * day
/** A run on another machine cannot be seen to be dead; four times the 45 minutes that NFR-006 allows is taken for it. */
const longestRun = 3 * 3600 * 1000

interface Records { client: S3Client, bucket: string }

export function startRecord({ target, incremental, startedAt }: { target: Target, incremental: boolean, startedAt: Date }): StartRecord {
  return {
    schemaVersion: '1.0.0', kind: 'provisioning-started', id: ulid(), target, incremental, startedAt: startedAt.toISOString(),
    actor: actor(), host: hostname(), pid: process.pid, processStart: startOf(process.pid) ?? null,
  }
}

export async function announceStart(record: StartRecord, { client, bucket, retentionDays }: Records & { retentionDays: number }): Promise<void> {
  await putLocked(client, { bucket, key: startKey(record), document: startRecordSchema.parse(record), retentionDays })
}

/** `provisioning-started/20261123T192724133Z-<ulid>.json` */
export function startKey({ startedAt, id }: Pick<StartRecord, 'startedAt' | 'id'>): string {
  return `${startPrefix}${compact(startedAt)}-${id}.json`
}

function compact(time: string): string {
  return time.replace(/[-:.]/g, '')
}

/** Runs of the last week that began, are over, and left no event: they were killed, or their machine was lost. Oldest first. */
export async function killedRuns({ client, bucket }: Records, now: Date): Promise<StartRecord[]> {
  const since = compact(new Date(now.getTime() - lookBack).toISOString())
  const [starts, ends] = await Promise.all([keysAfter({ client, bucket }, startPrefix, since), keysAfter({ client, bucket }, eventPrefix, since)])
  const ended = new Set(ends.map(idIn))
  const open = starts.filter((key) => !ended.has(idIn(key)))
  const records = await Promise.all(open.map(async (key) => recordAt({ client, bucket }, key)))
  return records.flatMap((record) => record !== undefined && isOver(record, now) ? [record] : [])
}

async function recordAt({ client, bucket }: Records, key: string): Promise<StartRecord | undefined> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
  try {
    return startRecordSchema.parse(JSON.parse(await Body?.transformToString('utf8') ?? ''))
  } catch {
    // Not written by this pipeline; it says nothing about a run.
    return undefined
  }
}

export function isOver({ host, pid, processStart: began, startedAt }: StartRecord, now: Date): boolean {
  if (now.getTime() - Date.parse(startedAt) > longestRun) return true
  if (host !== hostname()) return false
  const lives = startOf(pid)
  if (lives === undefined) return !isAlive(pid)
  return began !== null && lives !== began
}

async function keysAfter({ client, bucket }: Records, prefix: string, since: string): Promise<string[]> {
  const keys: string[] = []
  let ContinuationToken: string | undefined
  do {
    const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, StartAfter: `${prefix}${since}`, ContinuationToken }))
    keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []))
    ContinuationToken = page.NextContinuationToken
  } while (ContinuationToken !== undefined)
  return keys
}

function idIn(key: string): string {
  return /-([0-9A-Z]{26})\.json$/.exec(key)?.[1] ?? key
}

/** The event that a killed run could not leave. When it ended nobody knows: its end is when it was found to be over. */
export function eventOfKilled(record: StartRecord, now: Date): ProvisioningEvent {
  return {
    schemaVersion: '1.1.0', kind: 'provisioning', id: record.id, target: record.target, outcome: 'interrupted', incremental: record.incremental,
    startedAt: record.startedAt, finishedAt: now.toISOString(), durationMs: now.getTime() - Date.parse(record.startedAt), actor: record.actor,
    planDigest: null, changes: null, stateSerial: null, stateLineage: null, phases: [], releases: [], undone: [], left: [],
    reason: `The run ended without a word (killed, or its machine was lost): process ${record.pid} on ${record.host} is gone. The run that found this completes what it left.`,
  }
}
