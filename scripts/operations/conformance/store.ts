import { readIdentity } from '../secrets/identity.ts'
import { storedSecrets } from '../secrets/known.ts'
import { openStore } from '../secrets/store.ts'
import type { KnownSecret } from '../../../reports/redaction/scan.ts'
import type { SuiteRun } from '../../../suites/lib/run.ts'
import { s3Client } from '../pipeline/object-storage.ts'
import type { ObjectStorage } from '../pipeline/installation.ts'
import { environmentNames } from '../pipeline/platform-schema.ts'

/** What a run is told of the secrets store: what evidence must never show, and the logins that it tries at the data store. */
export interface Stored {
  secrets: KnownSecret[]
  dataStore: NonNullable<SuiteRun['dataStore']>
}

/** Empty on a machine without the age identity: what needs a login is then not decidable, and says so. Rejects when the store does not answer. */
export async function readStore(objectStorage: ObjectStorage, bucket: string): Promise<Stored> {
  const identity = await readIdentity()
  if (identity === undefined) return { secrets: [], dataStore: {} }
  const store = openStore({ client: s3Client(objectStorage), bucket, identity })
  const logins = await Promise.all(environmentNames.map(async (environment) => {
    const { username, password, database } = await store.current(environment, 'data-store') ?? {}
    return username === undefined || password === undefined || database === undefined ? [] : [[environment, { username, password, database }] as const]
  }))
  return { secrets: await storedSecrets(store), dataStore: Object.fromEntries(logins.flat()) }
}
