import { runLabel } from '../../../suites/intent/environments.ts'
import { baseline } from '../secrets/inventory.ts'
import { controller } from '../secrets/seal.ts'
import type { LiveObject } from './live-objects.ts'

/** What an object may belong to, beside the releases. */
export interface Surroundings {
  /** `group/kind/namespace/name` of everything that a release makes. */
  released: ReadonlySet<string>
  environments: readonly string[]
  /** `namespace/name` of the Services that are there. */
  services: ReadonlySet<string>
}

interface Owner { who: string, owns: (object: LiveObject, surroundings: Surroundings) => boolean }

/** What the cluster keeps for itself and nobody makes: records, leases and measurements, which come and go. */
const records: readonly { group: string, kind?: string }[] = [
  { group: '', kind: 'Event' },
  { group: 'events.k8s.io' },
  { group: 'coordination.k8s.io', kind: 'Lease' },
  { group: 'metrics.k8s.io' },
]

/** What the profiles `deployer` and `environment-admin` may make (terraform/charts/environment/templates/_access.tpl). */
const ofTeams: ReadonlySet<string> = new Set([
  'Service', 'ConfigMap', 'PersistentVolumeClaim', 'Deployment', 'StatefulSet', 'Job', 'CronJob', 'HorizontalPodAutoscaler', 'PodDisruptionBudget', 'Ingress', 'Secret', 'ServiceAccount',
])

const sealedByBootstrap: ReadonlySet<string> = new Set(baseline.filter(({ type }) => type !== undefined).map(({ namespace, name }) => `${namespace}/${name}`))

/**
 * Everybody an object in a namespace of the platform may belong to, first match wins. What none of them owns belongs to nobody. A list by
 * name, so that a new owner has to be written down here before what it makes is accepted.
 */
export const owners: readonly Owner[] = [
  { who: 'a release', owns: (object, { released }) => released.has(keyOf(object)) },
  { who: 'another object, which is looked at itself', owns: ({ owned }) => owned },
  { who: 'a run of the suites', owns: ({ labels }) => runLabel in labels },
  { who: 'somebody\'s access, issued and recorded', owns: ({ labels }) => 'plumbline.dev/access' in labels },
  { who: 'an approved override of the segmentation', owns: ({ labels }) => 'plumbline.dev/override' in labels },
  { who: 'the secrets\' bootstrap', owns: ({ kind, namespace, name }) => kind === 'SealedSecret' && sealedByBootstrap.has(`${namespace}/${name}`) },
  { who: 'the secrets\' bootstrap', owns: ({ kind, name }) => kind === 'RoleBinding' && name === 'sealed-secrets-unsealer' },
  { who: 'the controller of sealed secrets', owns: ({ kind, namespace, labels }) => kind === 'Secret' && namespace === controller.namespace && 'sealedsecrets.bitnami.com/sealed-secrets-key' in labels },
  { who: 'Kubernetes, in every namespace', owns: ({ kind, name }) => (kind === 'ConfigMap' && name === 'kube-root-ca.crt') || (kind === 'ServiceAccount' && name === 'default') },
  { who: 'Kubernetes, beside a Service', owns: ({ kind, namespace, name }, { services }) => kind === 'Endpoints' && services.has(`${namespace}/${name}`) },
  {
    who: 'an application team, which says what it is',
    owns: ({ kind, namespace, labels }, { environments }) => ofTeams.has(kind) && environments.includes(namespace) && 'app.kubernetes.io/name' in labels && labels['app.kubernetes.io/part-of'] !== 'plumbline',
  },
]

/** Whether a kind holds nothing that somebody makes. */
export function isRecord({ group, kind }: Pick<LiveObject, 'group' | 'kind'>): boolean {
  return records.some((one) => one.group === group && (one.kind === undefined || one.kind === kind))
}

/** Who owns an object, undefined when nobody does. */
export function ownerOf(object: LiveObject, surroundings: Surroundings): string | undefined {
  return owners.find(({ owns }) => owns(object, surroundings))?.who
}

export function keyOf({ group, kind, namespace, name }: Pick<LiveObject, 'group' | 'kind' | 'namespace' | 'name'>): string {
  return `${group}/${kind}/${namespace}/${name}`
}
