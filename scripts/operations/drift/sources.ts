import type { KubeConfig } from '@kubernetes/client-node'
import { z } from 'zod'
import { controlPlaneOf } from '../pipeline/control-plane.ts'
import { endpointsOf } from '../pipeline/installation.ts'
import type { Installation } from '../pipeline/installation.ts'
import { s3Client } from '../pipeline/object-storage.ts'
import type { Outputs } from '../pipeline/outputs.ts'
import type { Platform } from '../pipeline/platform-schema.ts'
import { dataStoreOf } from '../pipeline/release-values.ts'
import type { ValueSources } from '../pipeline/release-values.ts'
import { readIdentity } from '../secrets/identity.ts'
import { openStore } from '../secrets/store.ts'
import type { HelmRecord } from './release-records.ts'

export interface SourcesOf { installation: Installation, platform: Platform, outputs: Outputs, cluster: KubeConfig, records: ReadonlyMap<string, HelmRecord> }

const approvalSchema = z.looseObject({ approval: z.looseObject({ reference: z.string() }) })
const authoritySchema = z.looseObject({ ingress: z.looseObject({ caCertificate: z.string().min(1) }) })

/** What the values of the releases are made of, as a run of the pipeline would find it now. */
export async function sourcesOf({ installation, platform, outputs, cluster, records }: SourcesOf): Promise<ValueSources> {
  const [dataStore, controlPlane, endpoints, authority] = await Promise.all([
    dataStoreOf(outputs), controlPlaneOf(cluster), endpointsOf(installation), authorityOf(installation, platform.secrets.bucket, records),
  ])
  return { platform, outputs, approval: approvalOf(records), dataStore, controlPlane, endpoints, authority }
}

/** The reference under which the platform was installed last: it is said at a run and is in no file, so the releases' own records have it. */
export function approvalOf(records: ReadonlyMap<string, Pick<HelmRecord, 'config'>>): string {
  return firstIn(records, approvalSchema)?.approval.reference ?? 'baseline'
}

/** PEM of the authority of the ingress certificates: from the store, and without the identity that opens it what the releases were given. */
async function authorityOf({ objectStorage }: Installation, bucket: string, records: ReadonlyMap<string, HelmRecord>): Promise<string> {
  const identity = await readIdentity()
  const stored = identity === undefined ? undefined : await openStore({ client: s3Client(objectStorage), bucket, identity }).current('platform', 'authority')
  return stored?.['certificate'] ?? firstIn(records, authoritySchema)?.ingress.caCertificate ?? ''
}

function firstIn<T>(records: ReadonlyMap<string, Pick<HelmRecord, 'config'>>, schema: z.ZodType<T>): T | undefined {
  for (const { config } of records.values()) {
    const parsed = schema.safeParse(config)
    if (parsed.success) return parsed.data
  }
  return undefined
}
