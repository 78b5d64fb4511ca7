import { GetObjectCommand, PutObjectCommand, S3ServiceException } from '@aws-sdk/client-s3'
import type { S3Client } from '@aws-sdk/client-s3'
import { z } from 'zod'

/** Beside the state: what the last run that ended well had applied. No secret is among it. */
export const appliedKey = 'platform/applied.json'
const appliedSchema = z.object({ schemaVersion: z.literal('1.0.0'), variables: z.record(z.string(), z.unknown()), lineage: z.string().optional() })

interface Place { client: S3Client, bucket: string }

/** The variables of a run, and the lineage of the state that it left; undefined for runs that did not write it down yet. */
export interface Applied { variables: Record<string, unknown>, lineage?: string | undefined }

/** Writes down what a failed run goes back to, and which state is the platform's. */
export async function rememberApplied({ client, bucket }: Place, { variables, lineage }: Readonly<Applied>): Promise<void> {
  const before = await lastApplied({ client, bucket })
  const document = { schemaVersion: '1.0.0' as const, variables, ...(lineage === undefined ? {} : { lineage }) }
  if (before !== undefined && before.lineage === lineage && JSON.stringify(before.variables) === JSON.stringify(variables)) return
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: appliedKey, Body: JSON.stringify(document), ContentType: 'application/json' }))
}

/** Undefined when no run of this pipeline has ended well yet. */
export async function lastApplied({ client, bucket }: Place): Promise<Applied | undefined> {
  const text = await textAt({ client, bucket }, appliedKey)
  const parsed = appliedSchema.safeParse(text === undefined ? undefined : JSON.parse(text))
  return parsed.success ? { variables: parsed.data.variables, lineage: parsed.data.lineage } : undefined
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
