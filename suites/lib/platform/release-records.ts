import { z } from 'zod'
import { readAsAdministrator } from './holders.ts'
import type { SearchedText } from './leaks.ts'
import type { Platform } from './platform.ts'

const listSchema = z.object({ items: z.array(z.object({ metadata: z.object({ namespace: z.string(), name: z.string() }), data: z.record(z.string(), z.string()).optional() })) })

/**
 * The release records of Helm in every namespace: Secrets of Helm's own type, which the verifier may not read, so the administrator of the
 * outputs does. Rejects with IndeterminateError when they cannot be read.
 */
export async function readReleaseRecords(platform: Pick<Platform, 'outputs'>): Promise<SearchedText[]> {
  const { items } = listSchema.parse(JSON.parse(await readAsAdministrator(platform, '/api/v1/secrets?fieldSelector=type%3Dhelm.sh%2Frelease.v1')))
  // The content alone, one encoding less than on the wire: the search has levels enough for Helm's own two and what lies inside.
  return items.map(({ metadata: { namespace, name }, data }) => ({ where: `release record ${namespace}/${name}`, text: Buffer.from(data?.['release'] ?? '', 'base64').toString('latin1') }))
}
