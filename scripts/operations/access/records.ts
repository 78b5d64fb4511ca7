import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { S3Client } from '@aws-sdk/client-s3'
import { ulid } from 'ulid'
import { z } from 'zod'
import { exitCodes } from '../../../reports/model/verdict.ts'
import { CommandFailure, sentenceOf } from '../../console/failure.ts'
import { targets } from '../pipeline/installation.ts'
import type { Target } from '../pipeline/installation.ts'
import { putLocked } from '../pipeline/object-storage.ts'

/** Key prefix of the records of access in the audit bucket; the keys after it sort by time. */
export const accessPrefix = 'access/'

export const accessActions = ['issued', 'revoked', 'expired', 'break-glass-requested', 'break-glass-approved', 'break-glass-opened', 'break-glass-closed'] as const
export type AccessAction = (typeof accessActions)[number]

/** What the API server answered somebody whose access was taken away. */
export const refusalSchema = z.strictObject({
  /** 403 as soon as the binding is gone, 401 once the account is. */
  status: z.int(),
  message: z.string(),
  /** After the step that should bring it about. Milliseconds. */
  afterMs: z.int().nonnegative(),
})
export type Refusal = z.infer<typeof refusalSchema>

/** One act of giving or taking access (FR-002): who did what to whom, and when it ends. Never holds a token. */
export const accessRecordSchema = z.strictObject({
  schemaVersion: z.literal('1.0.0'),
  kind: z.literal('access'),
  /** ULID. */
  id: z.string(),
  target: z.enum(targets),
  action: z.enum(accessActions),
  at: z.iso.datetime(),
  /** Who did it. */
  by: z.string(),
  /** Who has, or had, the access. */
  person: z.string(),
  profile: z.string(),
  /** Null for what is limited to no environment: the administrator's kubeconfig. */
  environment: z.string().nullable(),
  /** When the access ends by itself; null when it has ended. */
  expiresAt: z.iso.datetime().nullable(),
  /** What the account is called in the environment's namespace. */
  account: z.string().optional(),
  /** The request for break-glass. */
  request: z.string().optional(),
  reason: z.string().optional(),
  /** What the old token or kubeconfig was answered afterwards. */
  refusals: z.array(refusalSchema).optional(),
})
export type AccessRecord = z.infer<typeof accessRecordSchema>

/** `access/20261123T192724133Z-<ulid>.json` */
export function recordKey({ at, id }: Pick<AccessRecord, 'at' | 'id'>): string {
  return `${accessPrefix}${at.replace(/[-:.]/g, '')}-${id}.json`
}

export interface RecordPlace { target: Target, folder: string, client: S3Client, audit: { bucket: string, retentionDays: number } }

/** Everything of a record that its writer does not say. */
export type Noted = Omit<AccessRecord, 'schemaVersion' | 'kind' | 'id' | 'target' | 'at'>

/** Writes a record into the folder's log and, locked, into the audit bucket. Rejects (exit code 5) when the bucket did not take it. */
export async function noteAccess(noted: Noted, { target, folder, client, audit: { bucket, retentionDays } }: RecordPlace): Promise<AccessRecord> {
  const now = Date.now()
  const document = accessRecordSchema.parse({ schemaVersion: '1.0.0', kind: 'access', id: ulid(now), target, at: new Date(now).toISOString(), ...noted })
  await appendFile(join(folder, 'access.ndjson'), `${JSON.stringify(document)}\n`, { mode: 0o600 })
  await putLocked(client, { bucket, key: recordKey(document), document, retentionDays }).catch((error: unknown) => {
    throw new CommandFailure(`The record of this (${document.action} for ${document.person}) is not in the audit bucket ${bucket}: ${sentenceOf(error)}. It is in ${join(folder, 'access.ndjson')}; see whether the object store answers and run the command again.`, exitCodes.integrity)
  })
  return document
}
