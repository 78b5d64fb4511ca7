import { GetObjectCommand, PutObjectCommand, S3ServiceException } from '@aws-sdk/client-s3'
import type { S3Client } from '@aws-sdk/client-s3'
import { z } from 'zod'

/** Beside the state: the variables of the last run that ended well. No secret is among them. */
const key = 'platform/applied.json'
const appliedSchema = z.object({ schemaVersion: z.literal('1.0.0'), variables: z.record(z.string(), z.unknown()) })

interface Place { client: S3Client, bucket: string }

/** Writes down what a failed run goes back to. */
export async function rememberApplied({ client, bucket }: Place, variables: Readonly<Record<string, unknown>>): Promise<void> {
  const before = await lastApplied({ client, bucket })
  const document = { schemaVersion: '1.0.0' as const, variables }
  if (before !== undefined && JSON.stringify(before) === JSON.stringify(variables)) return
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: JSON.stringify(document), ContentType: 'application/json' }))
}

/** Undefined when no run of this pipeline has ended well yet. */
export async function lastApplied({ client, bucket }: Place): Promise<Record<string, unknown> | undefined> {
  const text = await textAt({ client, bucket }, key)
  const parsed = appliedSchema.safeParse(text === undefined ? undefined : JSON.parse(text))
  return parsed.success ? parsed.data.variables : undefined
}

/** The newest version of an object, undefined when it is not there. */
export async function textAt({ client, bucket }: Place, at: string): Promise<string | undefined> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: at }))
    return await Body?.transformToString('utf8') ?? ''
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return undefined
    throw error
  }
}
