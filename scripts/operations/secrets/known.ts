import type { KnownSecret } from '../../../reports/redaction/scan.ts'
import { baseline, idOf } from './inventory.ts'
import type { SecretVersion } from './metadata.ts'
import type { SecretStore } from './store.ts'

/** What the names of values from the store begin with; the suites tell by it which of the known values the bootstrap made. */
export const storedPrefix = 'stored secret '

/** How many of the newest versions of each secret are looked for. */
const versionsEach = 3

/**
 * The values of the store, for the redactor: what evidence must never show, and what the scans of state, plans and release records look for.
 * Named `stored secret <namespace>/<name> <key>`, older versions with their ULID behind. Values that somebody else gave are under `given secret …`.
 */
export async function storedSecrets(store: SecretStore): Promise<KnownSecret[]> {
  const versions = await store.versions()
  const found: KnownSecret[] = []
  for (const secret of baseline) {
    const own = versions.filter(({ namespace, name }) => namespace === secret.namespace && name === secret.name)
      .slice(0, versionsEach)
      // What was encrypted for an identity that is lost cannot be looked for.
      .filter((version, _index, [newest]) => version.recipient === newest?.recipient)
    for (const [index, version] of own.entries()) {
      const values = await store.read(version)
      const prefix = secret.generator === 'given' ? 'given secret ' : storedPrefix
      found.push(...secret.secretKeys.flatMap((key) => named(`${prefix}${idOf(secret)} ${key}`, values[key], index === 0 ? undefined : version)))
    }
  }
  return found
}

function named(name: string, value: string | undefined, version: SecretVersion | undefined): KnownSecret[] {
  return value === undefined ? [] : [{ name: version === undefined ? name : `${name} ${version.version}`, value }]
}
