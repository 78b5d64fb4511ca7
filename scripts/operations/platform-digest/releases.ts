import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import type { ClusterAccess } from '../../../fixtures/breaches/cluster.ts'
import { canonicalJson } from '../../../reports/sealing/canonical.ts'

/** What a release is at this moment: its revision, which every change raises, and digests of what it was made from and became. */
export interface ReleaseDigest { name: string, revision: number, chart: string, values: string, manifests: string }

const secretSchema = z.looseObject({ data: z.object({ release: z.string() }) })
const recordSchema = z.looseObject({
  name: z.string(),
  version: z.int(),
  config: z.record(z.string(), z.unknown()).nullish(),
  manifest: z.string(),
  chart: z.looseObject({ metadata: z.looseObject({ name: z.string(), version: z.string() }) }),
})

/** Every release that is deployed, from the records that Helm keeps in the cluster. */
export async function releaseDigests(cluster: Pick<ClusterAccess, 'list'>): Promise<ReleaseDigest[]> {
  const secrets = await cluster.list('secrets', { labels: 'owner=helm,status=deployed' })
  return secrets.map((secret) => digestOf(secretSchema.parse(secret).data.release))
}

/** Base64 by Kubernetes, base64 by Helm, gzip, JSON. */
export function digestOf(release: string): ReleaseDigest {
  const packed = Buffer.from(Buffer.from(release, 'base64').toString('utf8'), 'base64')
  const { name, version, config, manifest, chart: { metadata } } = recordSchema.parse(JSON.parse(gunzipSync(packed).toString('utf8')))
  return { name, revision: version, chart: `${metadata.name} ${metadata.version}`, values: sha256(canonicalJson(config ?? {})), manifests: sha256(manifest) }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
