import { GetBucketVersioningCommand, GetObjectLockConfigurationCommand, S3ServiceException } from '@aws-sdk/client-s3'
import type { S3Client } from '@aws-sdk/client-s3'
import type { Platform } from '../pipeline/platform-schema.ts'
import { bucketExists } from '../pipeline/object-storage.ts'
import { reconcile } from './layer.ts'
import type { Look } from './layer.ts'

type Finding = Look['findings'][number]

/** The settings of the buckets that the pipeline makes through S3, where Terraform does not see them. */
export async function bucketsLook(client: S3Client, { state, audit, secrets }: Pick<Platform, 'state' | 'audit' | 'secrets'>): Promise<Look> {
  const looks = await Promise.all([
    unlessMissing(client, state.bucket, async () => versioningFaults(client, state.bucket)),
    unlessMissing(client, secrets.bucket, async () => versioningFaults(client, secrets.bucket)),
    unlessMissing(client, audit.bucket, async () => [...await versioningFaults(client, audit.bucket), ...await lockFaults(client, audit)]),
  ])
  return { compared: looks.length, findings: looks.flat() }
}

async function unlessMissing(client: S3Client, bucket: string, work: () => Promise<Finding[]>): Promise<Finding[]> {
  return await bucketExists(client, bucket) ? work() : [{ kind: 'bucket', name: bucket, how: 'missing', detail: '', owner: 'unknown', remedy: reconcile }]
}

async function versioningFaults(client: S3Client, bucket: string): Promise<Finding[]> {
  const { Status = 'never enabled' } = await client.send(new GetBucketVersioningCommand({ Bucket: bucket }))
  return Status === 'Enabled' ? [] : [changed(bucket, `versioning is ${Status}, expected Enabled`)]
}

async function lockFaults(client: S3Client, { bucket, retentionDays }: Platform['audit']): Promise<Finding[]> {
  const lock = await client.send(new GetObjectLockConfigurationCommand({ Bucket: bucket })).catch((error: unknown) => {
    if (error instanceof S3ServiceException && /ObjectLockConfigurationNotFound|NoSuchObjectLockConfiguration/.test(error.name)) return undefined
    throw error
  })
  if (lock?.ObjectLockConfiguration?.ObjectLockEnabled !== 'Enabled') return [changed(bucket, 'it has no object lock')]
  const { Mode = 'none', Days = 0 } = lock.ObjectLockConfiguration.Rule?.DefaultRetention ?? {}
  return Mode === 'COMPLIANCE' && Days === retentionDays ? [] : [changed(bucket, `the default retention is ${Mode} for ${String(Days)} days, expected COMPLIANCE for ${String(retentionDays)}`)]
}

/** The store does not remember who set what. */
function changed(bucket: string, detail: string): Finding {
  return { kind: 'bucket', name: bucket, how: 'changed', detail, owner: 'unknown', remedy: reconcile }
}
