import { hostname, userInfo } from 'node:os'
import { GetObjectCommand, S3ServiceException } from '@aws-sdk/client-s3'
import type { S3Client } from '@aws-sdk/client-s3'
import { z } from 'zod'
import type { StartRecord } from './started.ts'
import type { SeenProcess } from './survivors.ts'

const lockSchema = z.object({ ID: z.string(), Who: z.string(), Created: z.string(), Operation: z.string() })

/** Terraform's lock on a state, as it wrote it down. */
export interface StateLock { id: string, who: string, created: Date, operation: string }

/** The lock of the state at `key`; undefined when nobody holds it. */
export async function readLock(client: S3Client, { bucket, key }: { bucket: string, key: string }): Promise<StateLock | undefined> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: `${key}.tflock` }))
    const { ID: id, Who: who, Created, Operation: operation } = lockSchema.parse(JSON.parse(await Body?.transformToString('utf8') ?? ''))
    return { id, who, created: new Date(Created), operation }
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return undefined
    throw error
  }
}

export interface Alibi {
  /** Runs that are known to have been killed. */
  killed: readonly StartRecord[]
  processes: readonly SeenProcess[]
  /** The access key that whoever holds the lock needs in its environment. */
  accessKey: string
}

/**
 * Whether the holder of a lock is provably dead: the lock was taken by this user on this machine, after a run that was killed here had begun,
 * and no terraform that is alive here could hold it. Anything less is left to a person (docs/platform/disaster-recovery.md).
 */
export function isForsaken({ who, created }: StateLock, { killed, processes, accessKey }: Alibi): boolean {
  if (process.platform !== 'linux' || who !== `${userInfo().username}@${hostname()}`) return false
  const ofKilled = killed.some(({ host, startedAt }) => host === hostname() && created.getTime() >= Date.parse(startedAt))
  const couldHold = processes.some(({ program, environment }) => program.startsWith('terraform') && environment.includes(`AWS_ACCESS_KEY_ID=${accessKey}`))
  return ofKilled && !couldHold
}
