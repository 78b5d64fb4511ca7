import { GetObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3'
import type { ListObjectVersionsCommandOutput, S3Client } from '@aws-sdk/client-s3'
import { putLocked } from '../pipeline/object-storage.ts'

export interface AuditAccess { client: S3Client, audit: { bucket: string, retentionDays: number } }

/** The first version of a key: the one that its writer stored. */
export interface FirstVersion { key: string, versionId: string }

/**
 * Every key that was ever stored below a prefix, in the keys' order, each with its first version: a delete marker hides nothing here and an
 * overwritten record is what it was, since the lock holds the first version whatever is stored above it.
 */
export async function firstVersions(access: AuditAccess, prefix: string): Promise<FirstVersion[]> {
  const first = new Map<string, StoredVersion>()
  for (const version of await versionsBelow(access, prefix)) {
    // The store lists the newest first, so of two of one moment the later listed is the older.
    if (version.at <= (first.get(version.key)?.at ?? Infinity)) first.set(version.key, version)
  }
  return [...first.values()].map(({ key, versionId }) => ({ key, versionId })).toSorted((a, b) => a.key < b.key ? -1 : 1)
}

interface StoredVersion extends FirstVersion { at: number }

async function versionsBelow({ client, audit: { bucket } }: AuditAccess, prefix: string): Promise<StoredVersion[]> {
  const found: StoredVersion[] = []
  let page: { KeyMarker?: string | undefined, VersionIdMarker?: string | undefined } | undefined = {}
  while (page !== undefined) {
    const next: { KeyMarker?: string | undefined, VersionIdMarker?: string | undefined } = page
    const answer: ListObjectVersionsCommandOutput = await client.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix, ...next }))
    found.push(...(answer.Versions ?? []).flatMap(({ Key: key, VersionId: versionId, LastModified }) => key === undefined || versionId === undefined ? [] : [{ key, versionId, at: LastModified?.getTime() ?? 0 }]))
    page = answer.IsTruncated === true ? { KeyMarker: answer.NextKeyMarker, VersionIdMarker: answer.NextVersionIdMarker } : undefined
  }
  return found
}

/** Undefined for what is no JSON. */
export async function documentOf({ client, audit: { bucket } }: AuditAccess, { key, versionId }: FirstVersion): Promise<unknown> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }))
  try {
    return JSON.parse(await Body?.transformToString('utf8') ?? '') as unknown
  } catch {
    return undefined
  }
}

/** Stores a document under `<prefix><time>-<id>.json`, locked; resolves with its key. */
export async function storeRecord({ client, audit }: AuditAccess, prefix: string, { at, id, document }: { at: string, id: string, document: unknown }): Promise<string> {
  const key = `${prefix}${at.replace(/[-:.]/g, '')}-${id}.json`
  await putLocked(client, { ...audit, key, document })
  return key
}
