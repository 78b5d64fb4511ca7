import { KubeConfig } from '@kubernetes/client-node'
import { clusterApi } from '../pipeline/cluster-api.ts'
import { consumersOf, rollOut } from './consumers.ts'
import { deliver } from './deliver.ts'
import type { Parcel } from './deliver.ts'
import type { SecretVersion } from './metadata.ts'
import type { LoginKeeper } from './roles.ts'
import type { SecretStore } from './store.ts'

export interface TakeUpWorld {
  kubeconfig: string
  signal?: AbortSignal | undefined
  store: Pick<SecretStore, 'retire'>
  logins: LoginKeeper | undefined
}

/**
 * The second half of a rotation: the new version is delivered, every consumer starts anew with it, and then the versions before it are
 * retired. It may be done again at any point. Resolves with `namespace/deployment` of every consumer that was waited for.
 */
export async function takeUp(parcel: Parcel, older: readonly SecretVersion[], { kubeconfig, signal, store, logins }: TakeUpWorld): Promise<string[]> {
  const { secret, version, values } = parcel
  const restarted = secret.type === undefined ? [] : await deliverAndRoll(parcel, { kubeconfig, signal })
  if (secret.generator === 'data-store role') await logins?.finish(secret.namespace, values['username'] ?? '')
  for (const old of older.filter((one) => one.retiredAt === null && one.version < version)) await store.retire(old)
  return restarted
}

async function deliverAndRoll(parcel: Parcel, { kubeconfig, signal }: Pick<TakeUpWorld, 'kubeconfig' | 'signal'>): Promise<string[]> {
  await deliver([parcel], { kubeconfig, signal })
  const cluster = new KubeConfig()
  cluster.loadFromFile(kubeconfig)
  const places = await consumersOf(cluster, parcel.secret)
  await rollOut({ api: clusterApi(cluster), cluster, signal }, places, parcel)
  return places.map(({ namespace, deployment }) => `${namespace}/${deployment}`)
}
