import { z } from 'zod'
import type { ClusterApi } from '../pipeline/cluster-api.ts'
import { settleAll } from '../pipeline/concurrency.ts'

/** An object of the cluster, as much of it as tells whose it is. */
export interface LiveObject {
  /** Empty for the core group. */
  group: string
  kind: string
  /** What the API calls its kind, for commands. */
  resource: string
  namespace: string
  name: string
  labels: Record<string, string>
  /** Whether another object owns it; the cluster removes it with that one. */
  owned: boolean
  /** As the API server gave it. */
  raw: unknown
}

/** A kind whose objects are looked at. */
interface ListedKind { group: string, version: string, kind: string, resource: string }

const groupsSchema = z.object({ groups: z.array(z.object({ name: z.string(), preferredVersion: z.object({ groupVersion: z.string(), version: z.string() }) })) })
const resourcesSchema = z.object({ resources: z.array(z.object({ name: z.string(), kind: z.string(), namespaced: z.boolean(), verbs: z.array(z.string()) })) })
const listSchema = z.object({
  items: z.array(z.looseObject({
    metadata: z.looseObject({
      name: z.string(), namespace: z.string().optional(), labels: z.record(z.string(), z.string()).optional(), ownerReferences: z.array(z.unknown()).optional(),
    }),
  })),
})

const width = 8

/** Every object in these namespaces, of every kind that the API server lists but those left out. Rejects when a list is not given: what was not listed was not looked at. */
export async function objectsIn(api: ClusterApi, namespaces: readonly string[], leftOut: (kind: Pick<ListedKind, 'group' | 'kind'>) => boolean): Promise<LiveObject[]> {
  const kinds = (await namespacedKinds(api)).filter((kind) => !leftOut(kind))
  const results = await settleAll(kinds, width, async (kind) => objectsOfKind(api, kind))
  return results.flatMap((result) => {
    if (result.status === 'rejected') throw result.reason
    return result.value.filter(({ namespace }) => namespaces.includes(namespace))
  })
}

/** Every namespace. */
export async function namespacesOf(api: ClusterApi): Promise<LiveObject[]> {
  return objectsOfKind(api, { group: '', version: 'v1', kind: 'Namespace', resource: 'namespaces' }, '')
}

async function namespacedKinds(api: ClusterApi): Promise<ListedKind[]> {
  const { groups } = groupsSchema.parse(await read(api, '/apis'))
  const versions = [{ group: '', version: 'v1', path: '/api/v1' }, ...groups.map(({ name, preferredVersion }) => ({ group: name, version: preferredVersion.version, path: `/apis/${preferredVersion.groupVersion}` }))]
  const results = await settleAll(versions, width, async ({ group, version, path }) => {
    const { resources } = resourcesSchema.parse(await read(api, path))
    return resources.filter(({ name, namespaced, verbs }) => namespaced && verbs.includes('list') && !name.includes('/')).map(({ name, kind }): ListedKind => ({ group, version, kind, resource: name }))
  })
  return results.flatMap((result) => {
    if (result.status === 'rejected') throw result.reason
    return result.value
  })
}

/** The releases' records are large and lie in kube-system, which no release owns. */
async function objectsOfKind(api: ClusterApi, { group, version, kind, resource }: ListedKind, selector = '?fieldSelector=metadata.namespace!%3Dkube-system'): Promise<LiveObject[]> {
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`
  const { items } = listSchema.parse(await read(api, `${root}/${resource}${selector}`))
  return items.map((raw) => ({
    group, kind, resource: group === '' ? resource : `${resource}.${group}`, namespace: raw.metadata.namespace ?? '', name: raw.metadata.name,
    labels: raw.metadata.labels ?? {}, owned: (raw.metadata.ownerReferences ?? []).length > 0, raw,
  }))
}

async function read(api: ClusterApi, path: string): Promise<unknown> {
  const { status, body } = await api.send({ method: 'GET', path })
  if (status !== 200) throw new Error(`the API server answered ${String(status)} when asked for ${path}; expected 200`)
  return body
}
