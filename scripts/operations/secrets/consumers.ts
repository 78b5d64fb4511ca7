import { AppsV1Api, CoreV1Api } from '@kubernetes/client-node'
import type { KubeConfig, V1PodSpec } from '@kubernetes/client-node'
import type { ClusterApi } from '../pipeline/cluster-api.ts'
import { until } from '../pipeline/waiting.ts'
import { idOf } from './inventory.ts'
import type { BaselineSecret } from './inventory.ts'
import { apply } from './recipients.ts'

/** A Deployment, by its place. */
export interface Place { namespace: string, deployment: string }

const secondsToRollOut = 180

/**
 * The Deployments that must be restarted for a new value of a secret: those of the inventory that do not watch it, and whoever else names it
 * in its namespace. What is not installed is left out.
 */
export async function consumersOf(cluster: KubeConfig, secret: BaselineSecret): Promise<Place[]> {
  const api = cluster.makeApiClient(AppsV1Api)
  const restarted = secret.consumers.filter(({ watches }) => !watches)
  const namespaces = [...new Set([secret.namespace, ...restarted.map(({ namespace }) => namespace)])]
  const found = await Promise.all(namespaces.map(async (namespace) => {
    const { items } = await api.listNamespacedDeployment({ namespace })
    const wanted = restarted.filter((one) => one.namespace === namespace).map(({ deployment }) => deployment)
    return items
      .filter((one) => wanted.includes(one.metadata?.name ?? '') || (namespace === secret.namespace && names(one.spec?.template.spec, secret.name)))
      .map((one): Place => ({ namespace, deployment: one.metadata?.name ?? '' }))
  }))
  return found.flat()
}

/** Whether a pod takes something from the Secret of that name. */
export function names(spec: V1PodSpec | undefined, secret: string): boolean {
  if (spec === undefined) return false
  const containers = [...spec.containers, ...spec.initContainers ?? []]
  return (spec.volumes ?? []).some((volume) => volume.secret?.secretName === secret || volume.projected?.sources?.some((source) => source.secret?.name === secret) === true)
    || containers.some(({ env, envFrom }) => env?.some(({ valueFrom }) => valueFrom?.secretKeyRef?.name === secret) === true || envFrom?.some(({ secretRef }) => secretRef?.name === secret) === true)
}

/** Rolls the Deployments over to pods that start with the new value, and waits until no old pod serves any more, also none that finishes what it has begun. */
export async function rollOut(world: { api: ClusterApi, cluster: KubeConfig, signal?: AbortSignal | undefined }, places: readonly Place[], { secret, version }: { secret: BaselineSecret, version: string }): Promise<void> {
  const { api, cluster, signal } = world
  const mark = `plumbline.dev/secret-${secret.name}`
  for (const { namespace, deployment } of places) {
    const template = { metadata: { annotations: { [mark]: version } } }
    const object = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: deployment, namespace }, spec: { template } }
    // A field owner per secret: with one for all, this would take away the marks of the others.
    await apply(api, `/apis/apps/v1/namespaces/${namespace}/deployments/${deployment}`, object, `plumbline-secrets-${secret.name}`)
  }
  const [apps, core] = [cluster.makeApiClient(AppsV1Api), cluster.makeApiClient(CoreV1Api)]
  await until(async () => {
    for (const { namespace, deployment } of places) {
      const found = await apps.readNamespacedDeployment({ namespace, name: deployment })
      const labelSelector = Object.entries(found.spec?.selector.matchLabels ?? {}).map(([name, value]) => `${name}=${value}`).join(',')
      const unready = unfinished(found) ?? ending((await core.listNamespacedPod({ namespace, labelSelector })).items, { mark, version })
      if (unready !== undefined) return `${namespace}/${deployment}, which uses ${idOf(secret)}, ${unready}`
    }
    return undefined
  }, { seconds: secondsToRollOut, signal })
}

/** As much of a Deployment as tells how far it is. */
interface Progress {
  metadata?: { generation?: number }
  spec?: { replicas?: number }
  status?: { observedGeneration?: number, updatedReplicas?: number, replicas?: number, availableReplicas?: number }
}

/** What is missing until only pods of the newest template serve, in words; undefined when nothing is. */
export function unfinished({ metadata, spec, status }: Progress): string | undefined {
  const wanted = spec?.replicas ?? 1
  const { observedGeneration, updatedReplicas, replicas, availableReplicas } = { ...nothingYet, ...status }
  if (observedGeneration < (metadata?.generation ?? 0)) return 'has not been looked at yet'
  const ready = Math.min(updatedReplicas, availableReplicas)
  if (ready < wanted) return `has ${ready} of ${wanted} new pods ready`
  return replicas > updatedReplicas ? `still has ${replicas - updatedReplicas} old pods` : undefined
}

interface PodProgress { metadata?: { annotations?: Record<string, string> }, status?: { phase?: string } }

/** Old pods that are still at work, in words; undefined when there are none. A Deployment does not count pods that are ending, and they answer for seconds. */
export function ending(pods: readonly PodProgress[], { mark, version }: { mark: string, version: string }): string | undefined {
  const old = pods.filter(({ metadata, status }) => metadata?.annotations?.[mark] !== version && status?.phase !== 'Succeeded' && status?.phase !== 'Failed')
  return old.length === 0 ? undefined : `still has ${old.length} old pods that are ending`
}

/** The status leaves out what is zero. */
const nothingYet = { observedGeneration: 0, updatedReplicas: 0, replicas: 0, availableReplicas: 0 }
