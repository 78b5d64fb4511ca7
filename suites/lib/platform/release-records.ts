import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import { IndeterminateError } from '../indeterminate.ts'
import { readAsAdministrator } from './holders.ts'
import type { SearchedText } from './leaks.ts'
import type { Platform } from './platform.ts'

const listSchema = z.object({ items: z.array(z.object({ metadata: z.object({ namespace: z.string(), name: z.string() }), data: z.record(z.string(), z.string()).optional() })) })

/**
 * The release records of Helm in every namespace: Secrets of Helm's own type, which the verifier may not read, so the administrator of the
 * outputs does. Of each record what no record before it holds too: revisions and releases of one chart repeat each other, and to search the
 * same again would find the same. Rejects with IndeterminateError when they cannot be read.
 */
export async function readReleaseRecords(platform: Pick<Platform, 'outputs'>): Promise<SearchedText[]> {
  const { items } = listSchema.parse(JSON.parse(await readAsAdministrator(platform, '/api/v1/secrets?fieldSelector=type%3Dhelm.sh%2Frelease.v1')))
  return distinct(items.map(({ metadata: { namespace, name }, data }) => ({ where: `release record ${namespace}/${name}`, release: data?.['release'] ?? '' })))
}

/** `release` is a record as the Secret has it: base64 of base64 of gzip of JSON. One in another shape is kept whole. */
export function distinct(records: readonly { where: string, release: string }[]): SearchedText[] {
  const seen = new Set<string>()
  return records.map(({ where, release }) => {
    const fresh = textsIn(release).filter((text) => !seen.has(text))
    fresh.forEach((text) => seen.add(text))
    return { where, text: [...new Set(fresh)].join('\n') }
  })
}

function textsIn(release: string): string[] {
  const once = Buffer.from(release, 'base64').toString('latin1')
  try {
    return leavesOf(JSON.parse(gunzipSync(Buffer.from(once, 'base64')).toString('utf8')))
  }
  catch {
    return [once]
  }
}

/** Every text of a document, names of fields included, numbers as text. */
function leavesOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [String(value)]
  return Object.entries(value).flatMap(([name, held]) => [name, ...leavesOf(held)])
}

/** One revision of a release as Helm recorded it. */
export interface Revision {
  revision: number
  status: string
  /** SHA-256 of its manifests. */
  manifests: string
}

const revisionSchema = z.looseObject({ version: z.int(), manifest: z.string(), info: z.looseObject({ status: z.string() }) })

/** Every revision of a release that is kept, oldest first. Rejects with IndeterminateError when there is none, or one cannot be read. */
export async function readRevisions(platform: Pick<Platform, 'outputs'>, release: string): Promise<Revision[]> {
  const { items } = listSchema.parse(JSON.parse(await readAsAdministrator(platform, `/api/v1/secrets?labelSelector=${encodeURIComponent(`owner=helm,name=${release}`)}`)))
  if (items.length === 0) throw new IndeterminateError(`expected Helm to have records of the release ${release}, but it has none; run "plumbline provision"`)
  return items.map(({ data }) => {
    const once = Buffer.from(data?.['release'] ?? '', 'base64').toString('latin1')
    const { version, manifest, info } = revisionSchema.parse(JSON.parse(gunzipSync(Buffer.from(once, 'base64')).toString('utf8')))
    return { revision: version, status: info.status, manifests: createHash('sha256').update(manifest).digest('hex') }
  }).sort((a, b) => a.revision - b.revision)
}
