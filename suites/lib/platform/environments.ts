import type { V1NetworkPolicy } from '@kubernetes/client-node'
import type { Subject } from '../../intent/access.ts'
import { runLabel } from '../../intent/environments.ts'
import { reading } from './kubernetes.ts'
import type { Platform } from './platform.ts'

export interface NamespaceFact {
  name: string
  labels: Readonly<Record<string, string>>
  active: boolean
  /** Made by a run of the verifier itself, and so no part of the platform. */
  ofVerifier: boolean
}

export async function readNamespaces({ cluster }: Platform): Promise<NamespaceFact[]> {
  const { items } = await reading('list the namespaces', cluster.core.listNamespace())
  return items.map(({ metadata, status }) => ({
    name: metadata?.name ?? '',
    labels: metadata?.labels ?? {},
    active: status?.phase === 'Active',
    ofVerifier: metadata?.labels?.[runLabel] !== undefined,
  }))
}

export interface QuotaFact {
  name: string
  /** Quantities as Kubernetes writes them, by resource. */
  hard: Readonly<Record<string, string>>
  used: Readonly<Record<string, string>>
}

export async function readQuotas(platform: Platform, environment: string): Promise<QuotaFact[]> {
  const namespace = platform.namespaceOf(environment)
  const { items } = await reading(`list the quotas of ${namespace}`, platform.cluster.core.listNamespacedResourceQuota({ namespace }))
  return items.map(({ metadata, spec, status }) => ({ name: metadata?.name ?? '', hard: spec?.hard ?? {}, used: status?.used ?? {} }))
}

export interface LimitFact {
  name: string
  type: string
  defaults: Readonly<Record<string, string>>
  defaultRequests: Readonly<Record<string, string>>
  max: Readonly<Record<string, string>>
}

export async function readLimits(platform: Platform, environment: string): Promise<LimitFact[]> {
  const namespace = platform.namespaceOf(environment)
  const { items } = await reading(`list the limit ranges of ${namespace}`, platform.cluster.core.listNamespacedLimitRange({ namespace }))
  return items.flatMap(({ metadata, spec }) => (spec?.limits ?? []).map((limit) => ({
    name: metadata?.name ?? '', type: limit.type, defaults: limit._default ?? {}, defaultRequests: limit.defaultRequest ?? {}, max: limit.max ?? {},
  })))
}

export interface BindingFact {
  name: string
  role: string
  subjects: readonly Subject[]
}

export async function readBindings(platform: Platform, environment: string): Promise<BindingFact[]> {
  const namespace = platform.namespaceOf(environment)
  const { items } = await reading(`list the role bindings of ${namespace}`, platform.cluster.rbac.listNamespacedRoleBinding({ namespace }))
  return items.map(({ metadata, roleRef, subjects }) => ({
    name: metadata?.name ?? '',
    role: `${roleRef.kind}/${roleRef.name}`,
    subjects: (subjects ?? []).map(({ kind, name, namespace: of }) => ({ kind, name, ...(of === undefined ? {} : { namespace: of }) })),
  }))
}

/** Names of the pods that are not the verifier's, so that a namespace without workloads can be told from one with. */
export async function readWorkloads(platform: Platform, environment: string): Promise<string[]> {
  const namespace = platform.namespaceOf(environment)
  const { items } = await reading(`list the pods of ${namespace}`, platform.cluster.core.listNamespacedPod({ namespace, labelSelector: `!${runLabel}` }))
  return items.flatMap(({ metadata }) => metadata?.name ?? [])
}

/** The policies that select every pod and allow nothing, by direction. */
export interface DefaultDeny {
  ingress: string[]
  egress: string[]
}

export async function readDefaultDeny(platform: Platform, environment: string): Promise<DefaultDeny> {
  const namespace = platform.namespaceOf(environment)
  const { items } = await reading(`list the network policies of ${namespace}`, platform.cluster.networking.listNamespacedNetworkPolicy({ namespace }))
  return defaultDenyIn(items)
}

export function defaultDenyIn(policies: readonly V1NetworkPolicy[]): DefaultDeny {
  const selectsAll = policies.filter(({ spec }) => spec !== undefined
    && Object.keys(spec.podSelector?.matchLabels ?? {}).length === 0 && (spec.podSelector?.matchExpressions ?? []).length === 0)
  const denying = (type: 'Ingress' | 'Egress', rules: 'ingress' | 'egress') => selectsAll
    .filter(({ spec }) => spec?.policyTypes?.includes(type) === true && (spec[rules] ?? []).length === 0)
    .flatMap(({ metadata }) => metadata?.name ?? [])
  return { ingress: denying('Ingress', 'ingress'), egress: denying('Egress', 'egress') }
}

/** A CPU quantity ("4", "0.5", "250m") in thousandths of a core; throws a TypeError for anything else. */
export function millicores(quantity: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(m?)$/.exec(quantity) ?? []
  if (number === undefined) throw new TypeError(`expected a CPU quantity such as "4" or "250m", got "${quantity}"`)
  return unit === 'm' ? Number(number) : Math.round(Number(number) * 1000)
}
