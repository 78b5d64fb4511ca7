import type { Installation } from '../pipeline/installation.ts'
import { s3Client } from '../pipeline/object-storage.ts'
import { isLoopback, kubeconfigOf } from '../pipeline/outputs.ts'
import type { Outputs } from '../pipeline/outputs.ts'
import type { Platform } from '../pipeline/platform-schema.ts'
import { identityMissing, makeIdentity, readIdentity } from './identity.ts'
import type { AgeIdentity } from './identity.ts'
import type { SecretVersion } from './metadata.ts'
import { openStore } from './store.ts'
import type { SecretStore } from './store.ts'
import type { DataStorePlace, ValueMaterial } from './values.ts'

/** What an operation on an installation's secrets needs to know of it. */
export interface SecretsOf {
  installation: Pick<Installation, 'objectStorage' | 'channelUrl' | 'database'>
  platform: Pick<Platform, 'name' | 'domain' | 'secrets'>
  outputs: Pick<Outputs, 'audit_reader_key' | 'database' | 'database_admin' | 'kubeconfig'>
}

export interface OpenedStore {
  store: SecretStore
  /** What was there when it was opened, newest first. */
  known: readonly SecretVersion[]
}

/**
 * Opens the store to read and write values. An empty store gets a new identity when none is here; a full one without its identity is an
 * error, since a new one would hide that the old one is lost, unless `replaceUnreadable` says that it is known.
 */
export async function openWithIdentity({ installation, platform }: Pick<SecretsOf, 'installation' | 'platform'>, replaceUnreadable = false): Promise<OpenedStore> {
  const access = { client: s3Client(installation.objectStorage), bucket: platform.secrets.bucket }
  const known = await openStore({ ...access, identity: undefined }).versions()
  return { known, store: openStore({ ...access, identity: await identityFor(known, replaceUnreadable) }) }
}

async function identityFor(known: readonly SecretVersion[], replaceUnreadable: boolean): Promise<AgeIdentity> {
  const found = await readIdentity()
  if (found !== undefined) return found
  if (known.length > 0 && !replaceUnreadable) throw identityMissing([...new Set(known.map(({ recipient }) => recipient))])
  return makeIdentity()
}

/** What values are made of on this installation. */
export function materialOf({ platform, installation: { channelUrl }, outputs }: SecretsOf): ValueMaterial {
  return {
    platform,
    dataStore: dataStorePlaceOf(outputs),
    given: {
      'observability/channel': channelUrl === '' ? undefined : { url: channelUrl },
      'audit/audit-bucket': outputs.audit_reader_key,
      'platform/admin-kubeconfig': { kubeconfig: kubeconfigOf(outputs) },
    },
  }
}

/** The data store as services are told about it; undefined when only this machine reaches it. */
export function dataStorePlaceOf({ database: { host, port, ca_certificate: authority } }: Pick<Outputs, 'database'>): DataStorePlace | undefined {
  return isLoopback(host) ? undefined : { host, port, authority: Buffer.from(authority, 'base64').toString('utf8') }
}
