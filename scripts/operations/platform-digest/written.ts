import type { Plain } from '../../../fixtures/breaches/cluster.ts'
import { fieldsOf, withoutIdentity } from '../../../fixtures/breaches/objects.ts'

type Fields = Record<string, unknown>

/** Labels and annotations that controllers keep for themselves. Those of a service account's token say which account object it is for, and when it was last used. */
const bookkeeping = [/^deployment\.kubernetes\.io\//, /^deprecated\.daemonset\.template\./, /^volumes\.kubernetes\.io\//, /^kubernetes\.io\/service-account\.uid$/, /^kubernetes\.io\/legacy-token-/]

/** What the autoscalers in a listing set the number of pods of, as kind, namespace and name. */
export function autoscaledBy(objects: readonly Plain[]): ReadonlySet<string> {
  return new Set(objects.filter(({ kind }) => kind === 'HorizontalPodAutoscaler').map(({ metadata, spec }) => {
    const target = fieldsOf(fieldsOf(spec)['scaleTargetRef'])
    return placeOf(target['kind'], metadata.namespace, target['name'])
  }))
}

/**
 * What somebody wrote in an object. Left out is what the cluster writes itself: status and identity, the number of pods where an autoscaler
 * sets it, the addresses that a Service was given, the token of a service account, revisions, and on nodes everything but what they are asked for.
 */
export function written(object: Plain, autoscaled: ReadonlySet<string> = new Set()): Fields {
  const plain: Fields = withoutIdentity(object)
  const spec = fieldsOf(plain['spec'])
  const named = placeOf(object.kind, object.metadata.namespace, object.metadata.name)
  const metadata = authored(fieldsOf(plain['metadata']), object.kind === 'Node')
  if (plain['type'] === 'kubernetes.io/service-account-token') return { ...without(plain, ['data']), metadata }
  if (autoscaled.has(named)) return { ...plain, metadata, spec: without(spec, ['replicas']) }
  if (object.kind === 'Service' && spec['clusterIP'] !== 'None') return { ...plain, metadata, spec: without(spec, ['clusterIP', 'clusterIPs', 'healthCheckNodePort']) }
  return { ...plain, metadata }
}

function authored(metadata: Fields, isNode: boolean): Fields {
  const annotations = isNode ? {} : withoutBookkeeping(fieldsOf(metadata['annotations']))
  const owners = Array.isArray(metadata['ownerReferences']) ? metadata['ownerReferences'].map((owner) => without(fieldsOf(owner), ['uid'])) : undefined
  const labels = withoutBookkeeping(fieldsOf(metadata['labels']))
  return { ...without(metadata, ['annotations', 'labels', 'ownerReferences']), ...(Object.keys(labels).length === 0 ? {} : { labels }), annotations, ...(owners === undefined ? {} : { ownerReferences: owners }) }
}

function withoutBookkeeping(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !bookkeeping.some((pattern) => pattern.test(name))))
}

function without(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)))
}

function placeOf(kind: unknown, namespace: string | undefined, name: unknown): string {
  return `${String(kind)} ${namespace ?? ''}/${String(name)}`
}
