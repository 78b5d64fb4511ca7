import type { KubeConfig } from '@kubernetes/client-node'
import { environmentLabel, runLabel } from '../../../suites/intent/environments.ts'
import type { ClusterApi } from '../pipeline/cluster-api.ts'
import { objectsOf, releaseDrift } from '../pipeline/release-drift.ts'
import type { Drift } from '../pipeline/release-drift.ts'
import { lastChange } from './last-change.ts'
import { reconcile } from './layer.ts'
import type { Look } from './layer.ts'
import { namespacesOf, objectsIn } from './live-objects.ts'
import type { LiveObject } from './live-objects.ts'
import { isRecord, keyOf, ownerOf } from './object-owners.ts'
import type { RenderedRelease } from './rendered.ts'

type Finding = Look['findings'][number]
type Wanted = ReturnType<typeof objectsOf>[number]

export interface ClusterPlace {
  cluster: KubeConfig
  api: ClusterApi
  /** Namespace of Helm's records. */
  records: string
  /** Namespaces of the environments. */
  environments: readonly string[]
  /** How live objects are compared; tests have their own. */
  drift?: typeof releaseDrift
}

/** The objects that the checkout's releases consist of, and every other object in the namespaces that these releases own. */
export async function clusterLook(rendered: readonly RenderedRelease[], place: ClusterPlace): Promise<Look> {
  const wanted = rendered.flatMap(({ manifest }) => objectsOf(manifest))
  const [changed, strange] = await Promise.all([changedObjects(rendered, place), strangeObjects(wanted, place)])
  return { compared: wanted.length + strange.others, findings: [...changed, ...strange.findings] }
}

async function changedObjects(rendered: readonly RenderedRelease[], { cluster, api, records, drift: compare = releaseDrift }: ClusterPlace): Promise<Finding[]> {
  const findings: Finding[] = []
  // One release after the other: each asks for its objects eight at a time.
  for (const { name, manifest } of rendered) {
    for (const found of await compare(cluster, manifest, { name, records })) {
      findings.push({ kind: found.kind, name: placeOf(found), how: found.how === 'missing' ? 'missing' : 'changed', detail: detailOf(found, name), owner: await changedBy(api, objectsOf(manifest), found), remedy: reconcile })
    }
  }
  return findings
}

function detailOf({ how }: Drift, release: string): string {
  return how === 'not as admission would let it be' ? `of the release ${release}, and admission would refuse it as it is` : `of the release ${release}`
}

async function changedBy(api: ClusterApi, wanted: readonly Wanted[], found: Drift): Promise<string> {
  const object = wanted.find(({ kind, metadata }) => kind === found.kind && metadata.name === found.name && metadata.namespace === found.namespace)
  if (found.how === 'missing' || object === undefined) return 'unknown'
  const { status, body } = await api.send({ method: 'GET', path: await api.pathOf({ ...object, namespace: found.namespace, name: found.name }) })
  return status === 200 ? lastChange(body) : 'unknown'
}

async function strangeObjects(wanted: readonly Wanted[], { api, environments }: ClusterPlace): Promise<{ others: number, findings: Finding[] }> {
  const namespaces = wanted.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name)
  const [live, allNamespaces] = await Promise.all([objectsIn(api, namespaces, isRecord), namespacesOf(api)])
  const surroundings = {
    released: new Set(wanted.map(({ apiVersion, kind, metadata }) => keyOf({ group: apiVersion.includes('/') ? apiVersion.split('/')[0] ?? '' : '', kind, namespace: metadata.namespace ?? '', name: metadata.name }))),
    environments,
    services: new Set(live.filter(({ group, kind }) => group === '' && kind === 'Service').map(({ namespace, name }) => `${namespace}/${name}`)),
  }
  const pretenders = allNamespaces.filter(({ name, labels }) => !namespaces.includes(name) && !(runLabel in labels) && (environmentLabel in labels || labels['app.kubernetes.io/part-of'] === 'plumbline'))
  const nobodys = [...live.filter((object) => ownerOf(object, surroundings) === undefined), ...pretenders]
  return { others: live.filter((object) => !surroundings.released.has(keyOf(object))).length + pretenders.length, findings: nobodys.map(strangeFinding) }
}

function strangeFinding(object: LiveObject): Finding {
  const { kind, resource, namespace, name, raw } = object
  return {
    kind, name: placeOf(object), how: 'unmanaged', detail: 'of no release, and of nobody else who may make such things',
    owner: lastChange(raw), remedy: `\`kubectl delete ${resource} ${name}${namespace === '' ? '' : ` --namespace ${namespace}`}\``,
  }
}

function placeOf({ namespace, name }: { namespace?: string | undefined, name: string }): string {
  return namespace === undefined || namespace === '' ? name : `${namespace}/${name}`
}
