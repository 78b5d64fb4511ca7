import type { V1ObjectMeta } from '@kubernetes/client-node'
import { decodeTime, isValid } from 'ulid'
import { runLabel } from '../intent/environments.ts'
import { budgets, type Budget } from './budgets.ts'
import { converge } from './converge.ts'
import { sentenceOf } from './indeterminate.ts'
import { reading, readingIfPresent } from './platform/kubernetes.ts'
import type { ClusterClients, Platform } from './platform/platform.ts'

/** Where a run notes what it makes, at the moment it makes it, and how long its phases take. */
export interface RunRecord {
  created: (object: string) => void
  took: (phase: string, seconds: number) => void
}

/** What a run made on the platform and whether it is gone: `leftovers` were seen to be there still, `unverified` could not be looked at. */
export interface Footprint {
  created: string[]
  removed: string[]
  leftovers: string[]
  unverified: string[]
}

/** How long the removal may take, and how long it asks an API server that does not answer. */
export interface Patience {
  whole: Budget
  unanswered: Budget
}
const usualPatience: Patience = { whole: budgets.cleanup, unanswered: budgets.cleanupUnanswered }

/** What is there of one kind in one place, and how all of it is removed at once: a request for each of 480 objects keeps the API server from answering. */
interface Found {
  names: string[]
  remove: () => Promise<unknown>
}

/**
 * Removes everything that carries the run's label, whoever noted it, and looks again until nothing is left or the budget is used up.
 * Never rejects: it runs after failures too. What was noted and could not be looked at is unverified, never gone.
 */
export async function removeFootprint(platform: Platform, run: string, noted: readonly string[], patience: Patience = usualPatience): Promise<Footprint> {
  const created = new Set(noted)
  const removed = new Set<string>()
  let problem: string | undefined
  let failingSince: number | undefined
  const look = async (): Promise<string[]> => {
    try {
      const found = await everythingOf(platform, run)
      for (const name of found.flatMap(({ names }) => names)) created.add(name)
      for (const { names, remove } of found) if (names.length > 0) await readingIfPresent('remove what the run made', remove())
      problem = undefined
      failingSince = undefined
      return found.flatMap(({ names }) => names)
    }
    catch (error) {
      problem = sentenceOf(error)
      failingSince ??= performance.now()
      return [...created]
    }
  }
  const { value: remaining } = await converge(look, patience.whole, {
    consecutive: 2, every: 1000, until: (left) => problem === undefined ? left.length === 0 : performance.now() - (failingSince ?? 0) > patience.unanswered.milliseconds,
  })
  const standing = remaining.filter((name) => name.startsWith('Namespace ')).map((name) => `${name.slice('Namespace '.length)}/`)
  // What is inside a namespace that still stands was not looked at one by one, and is gone only with it.
  for (const name of created) if (!remaining.includes(name) && !standing.some((prefix) => name.includes(` ${prefix}`))) removed.add(name)
  const known = { created: [...created].sort(), removed: [...removed].sort() }
  if (problem === undefined) return { ...known, leftovers: remaining.sort(), unverified: [] }
  const unverified = remaining.map((name) => `${name} (not known to be gone: ${problem})`)
  return { ...known, leftovers: [], unverified: unverified.length === 0 ? [`what the run may have made: ${problem}`] : unverified.sort() }
}

/** A run that is older than this is over: its probes have ended themselves long ago, and its token has expired. Milliseconds. */
const forsakenAfter = 2 * 3600 * 1000

/**
 * Runs that were killed before they could clean up, by the time in their ULID: their labels, oldest first. Younger ones may be at work.
 * Rejects with IndeterminateError when the cluster does not answer.
 */
export async function forsakenRuns({ cluster: { core }, outputs }: Platform, now: number): Promise<string[]> {
  const listings = await Promise.all([
    reading('list the namespaces of earlier runs', core.listNamespace({ labelSelector: runLabel })),
    ...Object.values(outputs.environments).map(({ namespace }) => reading(`list the pods of earlier runs in ${namespace}`, core.listNamespacedPod({ namespace, labelSelector: runLabel }))),
  ])
  const labels = new Set(listings.flatMap(({ items }) => items.flatMap(({ metadata }) => metadata?.labels?.[runLabel] ?? [])))
  return [...labels].filter((label) => isValid(label.toUpperCase()) && now - decodeTime(label.toUpperCase()) > forsakenAfter).sort()
}

/** What makes other things comes before what it makes: a pod of a deployment that is still there comes back. */
async function everythingOf(platform: Platform, run: string): Promise<Found[]> {
  const namespaces = Object.values(platform.outputs.environments).map(({ namespace }) => namespace)
  const kinds = kindsOf(platform.cluster)
  const found = await Promise.all(namespaces.flatMap((namespace) => kinds.map(async ({ kind, list, removeAll }): Promise<Found> => {
    const selected = { namespace, labelSelector: `${runLabel}=${run}` }
    const { items } = await reading(`list each ${kind} of the run in ${namespace}`, list(selected))
    return { names: items.flatMap(({ metadata }) => metadata?.name === undefined ? [] : [`${kind} ${namespace}/${metadata.name}`]), remove: () => removeAll(selected) }
  })))
  return [...found, ...await probeNamespaces(platform.cluster, run)]
}

async function probeNamespaces({ core }: ClusterClients, run: string): Promise<Found[]> {
  const { items } = await reading('list the namespaces of the run', core.listNamespace({ labelSelector: `${runLabel}=${run}` }))
  return items.flatMap(({ metadata }): Found[] => {
    const name = metadata?.name
    if (name === undefined) return []
    return [{ names: [`Namespace ${name}`], remove: async () => { if (metadata?.deletionTimestamp === undefined) await core.deleteNamespace({ name }) } }]
  })
}

interface Selected { namespace: string, labelSelector: string }
interface Kind {
  kind: string
  list: (selected: Selected) => Promise<{ items: { metadata?: V1ObjectMeta }[] }>
  removeAll: (selected: Selected) => Promise<unknown>
}

function kindsOf({ core, apps, autoscaling }: ClusterClients): Kind[] {
  return [
    { kind: 'HorizontalPodAutoscaler', list: (selected) => autoscaling.listNamespacedHorizontalPodAutoscaler(selected), removeAll: (selected) => autoscaling.deleteCollectionNamespacedHorizontalPodAutoscaler(selected) },
    { kind: 'Deployment', list: (selected) => apps.listNamespacedDeployment(selected), removeAll: (selected) => apps.deleteCollectionNamespacedDeployment({ ...selected, propagationPolicy: 'Background' }) },
    { kind: 'Pod', list: (selected) => core.listNamespacedPod(selected), removeAll: (selected) => core.deleteCollectionNamespacedPod({ ...selected, gracePeriodSeconds: 0 }) },
    { kind: 'Service', list: (selected) => core.listNamespacedService(selected), removeAll: (selected) => core.deleteCollectionNamespacedService(selected) },
  ]
}
