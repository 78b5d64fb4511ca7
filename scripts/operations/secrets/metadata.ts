import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { idOf, keysOf } from './inventory.ts'
import type { BaselineSecret } from './inventory.ts'

/** What is known of one stored version of a secret without its values. Kept beside the ciphertext, in plain. */
export const metadataSchema = z.strictObject({
  apiVersion: z.literal('plumbline.dev/v1'),
  kind: z.literal('SecretVersion'),
  namespace: z.string(),
  name: z.string(),
  /** ULID; a later version sorts after an earlier one. */
  version: z.ulid(),
  createdAt: z.iso.datetime(),
  /** Since then the value is no longer accepted anywhere. */
  retiredAt: z.iso.datetime().nullable(),
  owner: z.string(),
  consumers: z.array(z.string()),
  periodDays: z.int().positive(),
  generator: z.string(),
  /** Entropy of the generated value; null when it was given. */
  entropyBits: z.number().nullable(),
  keys: z.array(z.string()),
  /** Public half of the age identity that opens it. */
  recipient: z.string(),
  /** By secret key: HMAC-SHA-256 of the value under a key that only the holder of the identity has; 16 hexadecimal digits. Equal values have equal fingerprints. */
  fingerprints: z.record(z.string(), z.string().regex(/^[0-9a-f]{16}$/)),
})
export type SecretVersion = z.infer<typeof metadataSchema>

export function fingerprint(key: Buffer, value: string): string {
  return createHmac('sha256', key).update(value).digest('hex').slice(0, 16)
}

interface Made { version: string, createdAt: string, entropyBits: number, recipient: string, fingerprintKey: Buffer }

/** The metadata of a new version. Throws when the values are not exactly those of the inventory. */
export function describe(secret: BaselineSecret, values: Readonly<Record<string, string>>, made: Made): SecretVersion {
  const wanted = keysOf(secret)
  const got = Object.keys(values).toSorted()
  if (wanted.join() !== got.join()) throw new Error(`${idOf(secret)} has the keys ${wanted.join(', ')}; got ${got.join(', ') || 'none'}.`)
  return {
    apiVersion: 'plumbline.dev/v1',
    kind: 'SecretVersion',
    namespace: secret.namespace,
    name: secret.name,
    version: made.version,
    createdAt: made.createdAt,
    retiredAt: null,
    owner: secret.owner,
    consumers: secret.consumers.map(({ namespace, deployment }) => `${namespace}/${deployment}`),
    periodDays: secret.periodDays,
    generator: secret.generator,
    entropyBits: secret.entropyBits === undefined ? null : made.entropyBits,
    keys: wanted,
    recipient: made.recipient,
    fingerprints: Object.fromEntries(secret.secretKeys.map((key) => [key, fingerprint(made.fingerprintKey, values[key] ?? '')])),
  }
}
