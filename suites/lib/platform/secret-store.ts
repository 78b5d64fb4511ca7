import { z } from 'zod'
import { IndeterminateError } from '../indeterminate.ts'
import { jsonOrNothing } from '../json.ts'
import type { Platform } from './platform.ts'

const metadataSchema = z.object({
  namespace: z.string(), name: z.string(), version: z.string(), createdAt: z.iso.datetime(), retiredAt: z.iso.datetime().nullable(),
  owner: z.string().min(1), consumers: z.array(z.string()), periodDays: z.number().positive(), generator: z.string(), entropyBits: z.number().nullable(),
  keys: z.array(z.string()), recipient: z.string().startsWith('age1'), fingerprints: z.record(z.string(), z.string()),
})

/** What the store says about one version of a secret, without its values. */
export type StoredVersion = z.infer<typeof metadataSchema>

export interface StoredObject {
  key: string
  versionId: string
  /** Its content is an age file: the armor, the version line and at least one recipient. */
  encrypted: boolean
  /** Present when the content is metadata of the store. */
  metadata: StoredVersion | undefined
  text: string
}

const readsAtOnce = 8

/** Every version of every object in the secrets bucket. Rejects with IndeterminateError when one cannot be read, or when there is none. */
export async function readSecretStore({ secrets }: Pick<Platform, 'secrets'>): Promise<StoredObject[]> {
  const versions = (await secrets.versions('')).filter(({ deleted }) => !deleted)
  if (versions.length === 0) throw new IndeterminateError(`expected secrets in the bucket ${secrets.name}, but it is empty; run "plumbline secrets bootstrap"`)
  const objects: StoredObject[] = []
  for (let start = 0; start < versions.length; start += readsAtOnce) {
    objects.push(...await Promise.all(versions.slice(start, start + readsAtOnce).map(async ({ key, versionId }) => {
      const text = await secrets.text(key, versionId === '' ? undefined : versionId)
      const metadata = metadataSchema.safeParse(jsonOrNothing(text))
      return { key, versionId, encrypted: isAgeFile(text), metadata: metadata.success ? metadata.data : undefined, text }
    })))
  }
  return objects
}

/** The newest version of each secret of a namespace that is not retired, by name. */
export function currentVersions(objects: readonly StoredObject[], namespace: string): Map<string, StoredVersion> {
  const own = objects.flatMap(({ metadata }) => metadata?.namespace === namespace && metadata.retiredAt === null ? [metadata] : [])
  return new Map(own.toSorted((a, b) => a.version < b.version ? -1 : 1).map((version) => [version.name, version]))
}

/** An armored age file whose header is as the format says (age-encryption.org/v1): nothing else lies between the armor's lines. */
export function isAgeFile(text: string): boolean {
  const [, body] = /^-----BEGIN AGE ENCRYPTED FILE-----\n([A-Za-z0-9+/=\n]+)\n-----END AGE ENCRYPTED FILE-----\s*$/.exec(text) ?? []
  if (body === undefined) return false
  return /^age-encryption\.org\/v1\n(?:-> [^\n]+\n(?:[A-Za-z0-9+/]*\n)+)+--- [A-Za-z0-9+/]{43}\n/.test(Buffer.from(body, 'base64').toString('latin1'))
}
