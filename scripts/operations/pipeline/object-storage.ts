import { Agent } from 'node:https'
import {
  CreateBucketCommand, GetBucketVersioningCommand, GetObjectLockConfigurationCommand, HeadBucketCommand, PutBucketVersioningCommand,
  PutObjectCommand, PutObjectLockConfigurationCommand, S3Client, S3ServiceException,
} from '@aws-sdk/client-s3'
import { CommandFailure, sentenceOf } from '../../console/failure.ts'
import { exitCodes } from '../../../reports/model/verdict.ts'
import type { ObjectStorage } from './installation.ts'

const day = 24 * 3600 * 1000

export function s3Client({ endpoint, region, accessKey, secretKey, ca }: ObjectStorage): S3Client {
  return new S3Client({
    endpoint,
    region,
    forcePathStyle: true,
    credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 5000, requestTimeout: 20_000, ...(ca === undefined ? {} : { httpsAgent: new Agent({ ca }) }) },
  })
}

/** Whether a bucket is there. Rejects when it belongs to somebody else or the store does not answer. */
export async function bucketExists(client: S3Client, bucket: string): Promise<boolean> {
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket }))
    return true
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return false
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 403) {
      throw new CommandFailure(`The bucket ${bucket} is not open to this object storage key: it is somebody else's or the key is limited. Choose another name in the platform file, or use a key that may read and write it.`, exitCodes.usage)
    }
    throw new CommandFailure(`The object store did not say whether the bucket ${bucket} exists: ${sentenceOf(error)}`, exitCodes.partial)
  }
}

/** The bucket of Terraform's state, versioned (NFR-009). It must be there before Terraform can say anything, so Terraform does not make it. */
export async function ensureStateBucket(client: S3Client, bucket: string): Promise<void> {
  if (!await bucketExists(client, bucket)) await client.send(new CreateBucketCommand({ Bucket: bucket }))
  const { Status } = await client.send(new GetBucketVersioningCommand({ Bucket: bucket }))
  if (Status === 'Enabled') return
  await client.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } }))
}

/**
 * The bucket of the audit records: locked at its creation, which is the only moment when S3 can do it and which neither the Linode API nor
 * its Terraform provider knows. COMPLIANCE, so that nobody shortens the retention, the account's owner included.
 */
export async function ensureAuditBucket(client: S3Client, { bucket, retentionDays }: { bucket: string, retentionDays: number }): Promise<void> {
  if (!await bucketExists(client, bucket)) await client.send(new CreateBucketCommand({ Bucket: bucket, ObjectLockEnabledForBucket: true }))
  const configuration = await lockConfiguration(client, bucket)
  if (configuration === undefined) {
    throw new CommandFailure(`The bucket ${bucket} has no object lock, and a bucket can get one only when it is made. Name a new bucket under audit.bucket in the platform file.`, exitCodes.usage)
  }
  const { Mode, Days } = configuration
  if (Mode === 'COMPLIANCE' && Days === retentionDays) return
  await client.send(new PutObjectLockConfigurationCommand({
    Bucket: bucket,
    ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: retentionDays } } },
  }))
}

async function lockConfiguration(client: S3Client, bucket: string): Promise<{ Mode?: string | undefined, Days?: number | undefined } | undefined> {
  try {
    const { ObjectLockConfiguration: lock } = await client.send(new GetObjectLockConfigurationCommand({ Bucket: bucket }))
    return lock?.ObjectLockEnabled === 'Enabled' ? lock.Rule?.DefaultRetention ?? {} : undefined
  } catch (error) {
    if (error instanceof S3ServiceException && /ObjectLockConfigurationNotFound|NoSuchObjectLockConfiguration/.test(error.name)) return undefined
    throw error
  }
}

/**
 * Stores a JSON document that nobody deletes for `retentionDays`. The retention is the object's own: a default that is shortened later does
 * not reach it. A locked bucket wants a checksum with every object.
 */
export async function putLocked(client: S3Client, { bucket, key, document, retentionDays }: { bucket: string, key: string, document: unknown, retentionDays: number }): Promise<void> {
  await client.send(new PutObjectCommand({
    Bucket: bucket,
    Key: key,
    Body: JSON.stringify(document),
    ContentType: 'application/json',
    ChecksumAlgorithm: 'SHA256',
    ObjectLockMode: 'COMPLIANCE',
    ObjectLockRetainUntilDate: new Date(Date.now() + retentionDays * day),
  }))
}
