import { appendFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import type { S3Client } from '@aws-sdk/client-s3'
import { z } from 'zod'
import { CommandFailure, exitCodeFrom, sentenceOf } from '../../console/failure.ts'
import { exitCodes } from '../../../reports/model/verdict.ts'
import { targets } from './installation.ts'
import { putLocked } from './object-storage.ts'
import { changeActions } from './plan-summary.ts'
import { policyRecordSchema } from './policy-verdict.ts'

/** Key prefix of provisioning events in the audit bucket; the keys after it sort by time. */
export const eventPrefix = 'provisioning/'

/** What one run of the pipeline leaves behind (NFR-004). Seconds and milliseconds are wall time. */
export const provisioningEventSchema = z.strictObject({
  /** 1.1.0 added `undone` and `left`, 1.2.0 `policy.findings`; who reads 1.0.0 reads them all. */
  schemaVersion: z.enum(['1.0.0', '1.1.0', '1.2.0']),
  kind: z.literal('provisioning'),
  /** ULID. */
  id: z.string(),
  target: z.enum(targets),
  outcome: z.enum(['success', 'failure', 'interrupted']),
  /** Whether there was a platform before: its time-limit is 10 minutes then and 45 otherwise (NFR-006). */
  incremental: z.boolean(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  durationMs: z.int().nonnegative(),
  /** Who started it: the CI system's actor, else the user of the machine. */
  actor: z.string(),
  /** Null when the run ended before there was a plan. */
  planDigest: z.string().nullable(),
  changes: z.record(z.enum(changeActions), z.int()).nullable(),
  /** Of the state after the run; null when it could not be read. */
  stateSerial: z.int().nullable(),
  stateLineage: z.string().nullable(),
  phases: z.array(z.strictObject({ phase: z.string(), seconds: z.number().nonnegative() })),
  releases: z.array(z.strictObject({ name: z.string(), revision: z.int(), action: z.enum(['installed', 'upgraded', 'unchanged']) })),
  /** What was taken back of a run that did not succeed, and what could not be; sentences. Absent before 1.1.0. */
  undone: z.array(z.string()).optional(),
  left: z.array(z.string()).optional(),
  /** What the policies said before anything was applied; missing when the run ended before they were asked. */
  policy: policyRecordSchema.optional(),
  /** Why it did not succeed, one sentence without secrets. */
  reason: z.string().optional(),
})
export type ProvisioningEvent = z.infer<typeof provisioningEventSchema>

export function actor(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  return environment['GITHUB_ACTOR'] ?? environment['PLUMBLINE_ACTOR'] ?? environment['SUDO_USER'] ?? userInfo().username
}

/** `provisioning/20261123T192724133Z-<ulid>.json` */
export function eventKey({ finishedAt, id }: Pick<ProvisioningEvent, 'finishedAt' | 'id'>): string {
  return `${eventPrefix}${finishedAt.replace(/[-:.]/g, '')}-${id}.json`
}

/** Takes the secrets out of a text, whatever they were called. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.filter((secret) => secret !== '').reduce((current, secret) => current.replaceAll(secret, '[removed]'), text)
}

/** Writes the event into the folder's log, then into the audit bucket. Returns its key there. Rejects when the bucket did not take it. */
export async function record(event: ProvisioningEvent, { folder, client, audit: { bucket, retentionDays } }: { folder: string, client: S3Client, audit: { bucket: string, retentionDays: number } }): Promise<string> {
  const document = provisioningEventSchema.parse(event)
  await appendFile(join(folder, 'events.ndjson'), `${JSON.stringify(document)}\n`, { mode: 0o600 })
  const key = eventKey(document)
  await putLocked(client, { bucket, key, document, retentionDays }).catch((error: unknown) => {
    throw new CommandFailure(`The event of this run (${event.outcome}) is not in the audit bucket ${bucket}: ${sentenceOf(error)}. It is in ${join(folder, 'events.ndjson')}.`, exitCodes.integrity)
  })
  return key
}

/** A failure without secrets, with its exit code; `also` are further sentences. A run that left something behind is an integrity failure, whatever it failed of. */
export function failureOf(error: unknown, { secrets, also, leftSomething }: { secrets: readonly string[], also: readonly (string | undefined)[], leftSomething: boolean }): CommandFailure {
  const message = error instanceof Error ? error.message : String(error)
  const whole = [message, ...also.filter((sentence) => sentence !== undefined)].join('\n')
  return new CommandFailure(withoutSecrets(whole, secrets), leftSomething ? exitCodes.integrity : exitCodeFrom(error) ?? exitCodes.partial)
}
