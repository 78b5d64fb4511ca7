import { join } from 'node:path'
import { DeleteObjectCommand, GetObjectCommand, ListObjectVersionsCommand, PutObjectCommand, S3ServiceException } from '@aws-sdk/client-s3'
import type { ObjectVersion, S3Client } from '@aws-sdk/client-s3'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { exitCodes } from '../../../reports/model/verdict.ts'
import { CommandFailure, UsageFailure } from '../../console/failure.ts'
import { textAt } from '../pipeline/applied.ts'
import { installationOf } from '../pipeline/installation.ts'
import type { Target } from '../pipeline/installation.ts'
import { s3Client } from '../pipeline/object-storage.ts'
import { loadPlatform } from '../pipeline/platform-file.ts'
import { alone } from '../pipeline/run-lock.ts'
import { stateKey } from '../pipeline/safe-run.ts'
import { soundness } from '../pipeline/sound-state.ts'
import { readLock } from '../pipeline/stale-lock.ts'

export interface StatePlace { client: S3Client, bucket: string, key: string }

/** Where the state of a platform is kept. `folder` is the pipeline's own on this machine. */
export async function openState({ target, platformFile = join(repository, 'terraform/platform.yaml') }: { target: Target, platformFile?: string | undefined }): Promise<StatePlace & { folder: string }> {
  const platform = await loadPlatform(platformFile)
  const installation = await installationOf(target, platform)
  return { client: s3Client(installation.objectStorage), bucket: platform.state.bucket, key: stateKey, folder: installation.folder }
}

/** One kept version of the state. Of its content only what it says it is: the rest is secret. */
export interface KeptVersion {
  version: string
  at: string
  bytes: number
  newest: boolean
  /** Of a version that is a state; resources without buckets. */
  state?: { serial: number, lineage: string, resources: number }
  /** Why it is none. */
  damaged?: string
}

/** The newest kept versions, newest first; none before the first provisioning. */
export async function keptVersions({ client, bucket, key }: StatePlace, most: number): Promise<KeptVersion[]> {
  const own = (await versionsBelow(client, bucket, key)).filter(({ Key, VersionId }) => Key === key && VersionId !== undefined)
    .toSorted((one, other) => (other.LastModified?.getTime() ?? 0) - (one.LastModified?.getTime() ?? 0)).slice(0, most)
  return Promise.all(own.map(async ({ VersionId: version = '', LastModified, Size = 0, IsLatest = false }) => {
    const found = soundness(await versionText({ client, bucket, key }, version))
    const told = 'why' in found ? { damaged: found.why } : found.identity === undefined ? { damaged: 'it is empty' } : { state: found.identity }
    return { version, at: LastModified?.toISOString() ?? '', bytes: Size, newest: IsLatest, ...told }
  }))
}

async function versionsBelow(client: S3Client, Bucket: string, Prefix: string): Promise<ObjectVersion[]> {
  try {
    return (await client.send(new ListObjectVersionsCommand({ Bucket, Prefix }))).Versions ?? []
  } catch (error) {
    if (error instanceof S3ServiceException && error.name === 'NoSuchBucket') return []
    throw error
  }
}

async function versionText({ client, bucket, key }: StatePlace, version: string): Promise<string> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: version }))
    return await Body?.transformToString('utf8') ?? ''
  } catch (error) {
    const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined
    if (status !== 404 && status !== 400) throw error
    throw new UsageFailure(`The bucket ${bucket} keeps no version ${version} of ${key}: \`npx plumbline state versions\` lists those that it does. Nothing was changed.`)
  }
}

/**
 * Makes an older version the newest one again, byte for byte; every other version stays, the damaged one too. Rejects with nothing changed when
 * the version is no state, somebody holds the state's lock, or the pipeline is at work on this machine.
 */
export async function restoreVersion(place: StatePlace & { folder: string }, version: string): Promise<{ state: NonNullable<KeptVersion['state']> }> {
  return alone(place.folder, async () => {
    const { client, bucket, key } = place
    const text = await versionText(place, version)
    const found = soundness(text)
    if ('why' in found || found.identity === undefined) throw new UsageFailure(`Version ${version} of ${key} is not a state to go back to: ${'why' in found ? found.why : 'it is empty'}. Choose another of \`npx plumbline state versions\`. Nothing was changed.`)
    const lock = await readLock(client, { bucket, key })
    if (lock !== undefined) throw new CommandFailure(`The state is locked by ${lock.who} since ${lock.created.toISOString()}: wait until that run has ended. If it was killed, give its lock back with \`npx plumbline state unlock ${lock.id}\`. Nothing was changed.`, exitCodes.partial)
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text, ContentType: 'application/json' }))
    if (await textAt(place, key) !== text) throw new CommandFailure(`The newest version of ${key} is not what was stored just now: somebody else writes to it. See \`npx plumbline state versions\`.`, exitCodes.integrity)
    return { state: found.identity }
  })
}

/** Takes away a lock whose holder is gone. Rejects, and names the true one, when the id is another one's; with nothing to take away when there is none. */
export async function unlock({ client, bucket, key }: StatePlace, id: string): Promise<{ who: string, created: string }> {
  const lock = await readLock(client, { bucket, key })
  if (lock === undefined) throw new UsageFailure('Nobody holds the lock of the state: there is nothing to give back.')
  if (lock.id !== id) throw new UsageFailure(`The lock of the state is ${lock.id}, of ${lock.who} since ${lock.created.toISOString()}, not ${id}. Nothing was changed.`)
  await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: `${key}.tflock` }))
  return { who: lock.who, created: lock.created.toISOString() }
}
