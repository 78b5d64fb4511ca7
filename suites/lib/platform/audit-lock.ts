import {
  DeleteObjectCommand, GetBucketLifecycleConfigurationCommand, GetObjectLockConfigurationCommand, GetObjectRetentionCommand, PutObjectCommand,
  PutObjectRetentionCommand, S3ServiceException, type LifecycleRule, type S3Client,
} from '@aws-sdk/client-s3'
import { budgets } from '../budgets.ts'
import { deadline } from '../converge.ts'
import { IndeterminateError, sentenceOf } from '../indeterminate.ts'
import type { AccessAttempt } from '../verdict.ts'
import type { PlatformOutputs } from './outputs.ts'
import { storageClient } from './storage.ts'

/** One version of one object. */
export interface Version { key: string, versionId: string }

export interface Retention { mode: string, until: Date }

/** The default that a bucket puts on every new object. */
export interface DefaultRetention { mode: string, days: number }

const day = 24 * 3600 * 1000

/** The audit bucket's lock: read with the verifier's key, attacked with the only key of the platform whose refusal says something about the lock. */
export interface AuditLock {
  /** Undefined when the bucket has no object lock, or no default retention. */
  defaultRetention: () => Promise<DefaultRetention | undefined>
  /** Rules that let objects end; `not offered` when the store knows no such rules at all. */
  lifecycle: () => Promise<LifecycleRule[] | 'not offered'>
  /** Undefined when the version has none of its own. */
  retention: (version: Version) => Promise<Retention | undefined>
  /** Puts a small record of the run's own, locked like every other. As the writer. */
  mark: (key: string, days: number) => Promise<Version>
  /** Deletes the run's own record without naming a version, which hides it, and takes that back by deleting the marker's version. As the writer. */
  deleteMarker: (key: string) => Promise<AccessAttempt>
  deleteVersion: (version: Version, options?: { bypass: boolean }) => Promise<AccessAttempt>
  /** Sets the retention of a version. As the writer. */
  retain: (version: Version, retention: Retention, options?: { bypass: boolean }) => Promise<AccessAttempt>
}

/** Every method rejects with IndeterminateError when the store does not answer. */
export function auditLock({ outputs, authorities, signal }: { outputs: PlatformOutputs, authorities: string, signal?: AbortSignal | undefined }): AuditLock {
  const bucket = outputs.audit.bucket
  const reader = storageClient(outputs.audit, outputs.object_storage_key, authorities)
  const bounded = () => ({ abortSignal: deadline(budgets.storageRequest, signal) })
  const writer = (): S3Client => {
    if (outputs.audit_writer_key !== undefined) return storageClient(outputs.audit, outputs.audit_writer_key, authorities)
    throw new IndeterminateError('expected the Terraform output audit_writer_key, but there is none; a key that may not write is refused in any case, which says nothing about the lock')
  }
  const attempt = async (what: string, request: (client: S3Client) => Promise<unknown>): Promise<AccessAttempt> => attemptOf(`${what} in the bucket ${bucket}`, request(writer()))
  return {
    defaultRetention: async () => {
      const answer = await orAbsent(`read the object lock of ${bucket}`, /ObjectLockConfigurationNotFound|NoSuchObjectLockConfiguration/, reader.send(new GetObjectLockConfigurationCommand({ Bucket: bucket }), bounded()))
      const { ObjectLockEnabled: enabled, Rule: rule } = answer?.ObjectLockConfiguration ?? {}
      const { Mode: mode, Days: days, Years: years } = rule?.DefaultRetention ?? {}
      return enabled === 'Enabled' && mode !== undefined ? { mode, days: days ?? (years ?? 0) * 365 } : undefined
    },
    lifecycle: async () => {
      try {
        const answer = await orAbsent(`read the lifecycle of ${bucket}`, /NoSuchLifecycleConfiguration/, reader.send(new GetBucketLifecycleConfigurationCommand({ Bucket: bucket }), bounded()))
        return answer?.Rules ?? []
      }
      catch (error) {
        if (error instanceof IndeterminateError && isNotOffered(error.cause)) return 'not offered'
        throw error
      }
    },
    retention: async ({ key, versionId }) => {
      const answer = await orAbsent(`read the retention of ${key}`, /NoSuchObjectLockConfiguration/, reader.send(new GetObjectRetentionCommand({ Bucket: bucket, Key: key, VersionId: versionId }), bounded()))
      const { Mode: mode, RetainUntilDate: until } = answer?.Retention ?? {}
      return mode === undefined || until === undefined ? undefined : { mode, until }
    },
    mark: async (key, days) => {
      const Body = JSON.stringify({ kind: 'conformance', key, at: new Date().toISOString() })
      const lock = { ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: new Date(Date.now() + days * day) } as const
      const answer = await orAbsent(`put ${key} into ${bucket}`, undefined, writer().send(new PutObjectCommand({ Bucket: bucket, Key: key, Body, ChecksumAlgorithm: 'SHA256', ...lock }), bounded()))
      return { key, versionId: answer?.VersionId ?? '' }
    },
    deleteMarker: (key) => attempt(`delete the marker that hides ${key}`, async (client) => {
      const { VersionId: marker } = await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }), bounded())
      if (marker === undefined) throw new Error('the store did not say which version the marker is')
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId: marker }), bounded())
    }),
    deleteVersion: ({ key, versionId }, { bypass } = { bypass: false }) => attempt(`delete the version ${versionId} of ${key}${bypass ? ', bypassing governance,' : ''}`, (client) =>
      client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId, ...bypass ? { BypassGovernanceRetention: true } : {} }), bounded())),
    retain: ({ key, versionId }, { mode, until }, { bypass } = { bypass: false }) => attempt(`hold ${key} until ${until.toISOString()} in mode ${mode}`, (client) =>
      client.send(new PutObjectRetentionCommand({
        Bucket: bucket, Key: key, VersionId: versionId, Retention: { Mode: mode === 'GOVERNANCE' ? 'GOVERNANCE' : 'COMPLIANCE', RetainUntilDate: until }, ...bypass ? { BypassGovernanceRetention: true } : {},
      }), bounded())),
  }
}

/** The store's refusal is the finding; that it did not answer is none. */
async function attemptOf(what: string, request: Promise<unknown>): Promise<AccessAttempt> {
  try {
    await request
    return { what, verdict: 'allowed', status: 200, message: 'OK' }
  }
  catch (error) {
    if (error instanceof IndeterminateError) throw error
    const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode ?? 0 : 0
    const message = `${error instanceof Error ? error.name : ''} ${sentenceOf(error)}`.trim()
    return { what, status, message, verdict: status === 403 ? 'forbidden' : status === 404 ? 'not-found' : 'error' }
  }
}

async function orAbsent<T>(what: string, absent: RegExp | undefined, request: Promise<T>): Promise<T | undefined> {
  try {
    return await request
  }
  catch (error) {
    if (error instanceof S3ServiceException && absent?.test(error.name) === true) return undefined
    const status = error instanceof S3ServiceException ? ` ${String(error.$metadata.httpStatusCode ?? '')} ${error.name}` : ''
    throw new IndeterminateError(`expected to ${what}, but the store answered${status} (${sentenceOf(error)}); check the store and the rights of the keys in the outputs`, { cause: error })
  }
}

function isNotOffered(error: unknown): boolean {
  return error instanceof S3ServiceException && error.$metadata.httpStatusCode === 501
}
