import { CoreV1Api, DiscoveryV1Api } from '@kubernetes/client-node'
import type { KubeConfig } from '@kubernetes/client-node'
import { clusterApi } from './cluster-api.ts'
import type { Outputs } from './outputs.ts'
import { environmentNames } from './platform-schema.ts'
import { until } from './waiting.ts'

/** What is looked at of a node. */
export interface NodeReadiness { metadata?: { labels?: Record<string, string> }, status?: { conditions?: { type: string, status: string }[] } }

/** Every node of every pool is Ready. Terraform's provider waits for one node of the cluster at most, and throws the answer away. */
export async function nodesReady(config: KubeConfig, pools: Outputs['pools'], signal?: AbortSignal): Promise<void> {
  const api = config.makeApiClient(CoreV1Api)
  await until(async () => missingNodes(pools, (await api.listNode()).items), { seconds: 300, signal })
}

/** What is missing of the pools among these nodes, in words; undefined when nothing is. */
export function missingNodes(pools: Outputs['pools'], nodes: readonly NodeReadiness[]): string | undefined {
  const short = Object.entries(pools).flatMap(([purpose, { count }]) => {
    const ready = nodes.filter((node) => node.metadata?.labels?.['plumbline.dev/purpose'] === purpose && isReady(node)).length
    return ready >= count ? [] : [`pool ${purpose} has ${ready} of ${count} nodes Ready`]
  })
  return short.length === 0 ? undefined : short.join(', ')
}

function isReady(node: NodeReadiness): boolean {
  return node.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false
}

/** The cluster's DNS has at least one server that is ready to answer. */
export async function dnsReady(config: KubeConfig, signal?: AbortSignal): Promise<void> {
  const api = config.makeApiClient(DiscoveryV1Api)
  await until(async () => {
    const { items } = await api.listNamespacedEndpointSlice({ namespace: 'kube-system', labelSelector: 'kubernetes.io/service-name=kube-dns' })
    const ready = items.flatMap((slice) => slice.endpoints ?? []).filter((endpoint) => endpoint.conditions?.ready === true)
    return ready.length > 0 ? undefined : 'no DNS server is ready behind the service kube-dns in kube-system'
  }, { seconds: 180, signal })
}

/**
 * The environments are in force, not only written: each quota is counted (until then pods are refused), and each guardrail refuses a
 * network policy without approval, which is asked by dry run.
 */
export async function environmentsReady(config: KubeConfig, signal?: AbortSignal): Promise<void> {
  const api = clusterApi(config)
  await until(async () => {
    const missing = await Promise.all(environmentNames.map(async (name) => missingIn(name, api)))
    return missing.find((each) => each !== undefined)
  }, { seconds: 60, signal })
}

async function missingIn(environment: string, api: ReturnType<typeof clusterApi>): Promise<string | undefined> {
  const quota = await api.send({ method: 'GET', path: `/api/v1/namespaces/${environment}/resourcequotas/environment` })
  if (!isCounted(quota.body)) return `the quota of ${environment} is not counted yet`
  const unapproved = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'readiness-gate', namespace: environment }, spec: { podSelector: {}, policyTypes: ['Ingress'] } }
  const path = `/apis/networking.k8s.io/v1/namespaces/${environment}/networkpolicies/readiness-gate?fieldManager=plumbline-gate&dryRun=All`
  const { status } = await api.send({ method: 'PATCH', path, apply: unapproved })
  return status === 403 ? undefined : `the guardrail on segmentation lets an unapproved policy into ${environment} (answer ${status})`
}

function isCounted(quota: unknown): boolean {
  if (typeof quota !== 'object' || quota === null || !('status' in quota)) return false
  const { status } = quota
  return typeof status === 'object' && status !== null && 'hard' in status
}
