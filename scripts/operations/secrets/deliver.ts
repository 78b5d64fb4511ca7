import { mkdtemp, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { CoreV1Api, KubeConfig } from '@kubernetes/client-node'
import { exitCodes } from '../../../reports/model/verdict.ts'
import { CommandFailure, sentenceOf } from '../../console/failure.ts'
import { clusterApi } from '../pipeline/cluster-api.ts'
import type { ClusterApi } from '../pipeline/cluster-api.ts'
import { settleAll } from '../pipeline/concurrency.ts'
import { until } from '../pipeline/waiting.ts'
import { deliveryOf, sealedPath, undelivered } from './delivery.ts'
import { idOf } from './inventory.ts'
import type { BaselineSecret } from './inventory.ts'
import { apply, openTo } from './recipients.ts'
import { sealerOf } from './seal.ts'
import type { Sealer } from './seal.ts'

/** One version of a secret as it is to be in the cluster. */
export interface Parcel { secret: BaselineSecret, version: string, values: Readonly<Record<string, string>> }

export interface DeliveryOptions {
  /** Path of the kubeconfig file. */
  kubeconfig: string
  signal?: AbortSignal | undefined
}

/** Two cores gain nothing from more. */
const width = 4
const secondsUntilOpened = 60

/**
 * Brings every parcel to its namespace: sealed here, applied, and waited for until the controller has opened it and the Secret holds the
 * values. What is there already is left alone. Resolves with the ids that were delivered; rejects with one sentence per secret that was not.
 */
export async function deliver(parcels: readonly Parcel[], { kubeconfig, signal }: DeliveryOptions): Promise<string[]> {
  const cluster = new KubeConfig()
  cluster.loadFromFile(kubeconfig)
  const api = clusterApi(cluster)
  for (const namespace of new Set(parcels.map(({ secret }) => secret.namespace))) await openTo(api, namespace)
  const due = await outstanding(api, parcels)
  if (due.length === 0) return []
  const folder = await mkdtemp(join(dirname(kubeconfig), 'seal-'))
  try {
    const sealer = await sealerOf(kubeconfig, folder, signal)
    const results = await settleAll(due, width, async (parcel) => deliverOne(parcel, { api, cluster, sealer, signal }))
    const failed = results.flatMap((result, index) => result.status === 'rejected' ? [`Secret ${nameOf(due[index])}: ${sentenceOf(result.reason)}`] : [])
    if (failed.length > 0) throw new CommandFailure(failed.join('\n'), exitCodes.partial)
    return due.map(nameOf)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function outstanding(api: ClusterApi, parcels: readonly Parcel[]): Promise<Parcel[]> {
  const looked = await settleAll(parcels, width, async ({ secret, version, values }) => undelivered(await deliveryOf(api, secret), version, values))
  return parcels.filter((_, index) => {
    const result = looked[index]
    if (result?.status === 'rejected') throw result.reason
    return result?.value !== undefined
  })
}

interface Place { api: ClusterApi, cluster: KubeConfig, sealer: Sealer, signal: AbortSignal | undefined }

async function deliverOne({ secret, version, values }: Parcel, { api, cluster, sealer, signal }: Place): Promise<void> {
  const { foreign, opened } = await deliveryOf(api, secret)
  // The controller does not touch a Secret that it did not make, and the type of one is never changed: either has to go first.
  if (opened !== undefined && (foreign || opened.type !== secret.type)) {
    await cluster.makeApiClient(CoreV1Api).deleteNamespacedSecret({ name: secret.name, namespace: secret.namespace })
  }
  await apply(api, sealedPath(secret), await sealer.seal(secret, version, values))
  await until(async () => {
    const missing = undelivered(await deliveryOf(api, secret), version, values)
    return missing === undefined ? undefined : `secret ${idOf(secret)}: ${missing}`
  }, { seconds: secondsUntilOpened, signal, everyMilliseconds: 250 })
}

function nameOf(parcel: Parcel | undefined): string {
  return parcel === undefined ? '' : idOf(parcel.secret)
}
