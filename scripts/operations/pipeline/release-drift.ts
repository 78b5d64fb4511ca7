import type { KubeConfig } from '@kubernetes/client-node'
import { isDeepStrictEqual } from 'node:util'
import { parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { clusterApi } from './cluster-api.ts'
import type { ClusterApi } from './cluster-api.ts'
import { settleAll } from './concurrency.ts'

/** An object of a release that is not as the release made it. */
export interface Drift { kind: string, namespace: string | undefined, name: string, how: 'missing' | 'changed' | 'not as admission would let it be' }

const objectSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional(), annotations: z.record(z.string(), z.string()).optional() }),
})

type ClusterObject = z.infer<typeof objectSchema>

/** The objects of a rendered manifest. */
export function objectsOf(manifest: string): ClusterObject[] {
  return parseAllDocuments(manifest).flatMap((document) => {
    const value: unknown = document.toJS()
    return value === null ? [] : [objectSchema.parse(value)]
  })
}

/**
 * Compares every object of a manifest with the live one: the API server is asked what applying it as Helm does would make of it, without
 * doing it. Fields that the release does not set are not judged. Rejects when the API server does not answer.
 */
export async function releaseDrift(config: KubeConfig, manifest: string, release: { name: string, records: string }): Promise<Drift[]> {
  const api = clusterApi(config)
  const results = await settleAll(objectsOf(manifest), 8, async (object) => driftOf(api, asHelm(object, release)))
  return results.flatMap((result) => {
    if (result.status === 'rejected') throw result.reason
    return result.value === undefined ? [] : [result.value]
  })
}

async function driftOf(api: ClusterApi, wanted: ClusterObject): Promise<Drift | undefined> {
  const { apiVersion, kind, metadata: { namespace, name } } = wanted
  const path = await api.pathOf({ apiVersion, kind, namespace, name })
  const live = await api.send({ method: 'GET', path })
  if (live.status === 404) return { kind, namespace, name, how: 'missing' }
  const applied = await api.send({ method: 'PATCH', path: `${path}?fieldManager=helm&force=true&dryRun=All`, apply: wanted })
  if (applied.status === 403) return { kind, namespace, name, how: 'not as admission would let it be' }
  for (const { status } of [live, applied]) {
    if (status !== 200) throw new Error(`the API server answered ${status} when asked about ${kind} ${name}; expected 200`)
  }
  return isDeepStrictEqual(comparable(live.body), comparable(applied.body)) ? undefined : { kind, namespace, name, how: 'changed' }
}

/** Helm adds these to what it applies; without them the comparison would take them off. */
function asHelm(object: ClusterObject, { name, records }: { name: string, records: string }): ClusterObject {
  const annotations = { ...object.metadata.annotations, 'meta.helm.sh/release-name': name, 'meta.helm.sh/release-namespace': records }
  return { ...object, metadata: { ...object.metadata, annotations } }
}

const bookkeeping = new Set(['managedFields', 'resourceVersion', 'generation', 'creationTimestamp', 'uid'])

/** Without the status: no release sets it, and while pods start it differs from one look to the next. */
function comparable(object: unknown): unknown {
  const { metadata, ...rest } = z.looseObject({ metadata: z.looseObject({}) }).parse(object)
  return { ...rest, status: undefined, metadata: Object.fromEntries(Object.entries(metadata).filter(([key]) => !bookkeeping.has(key))) }
}
