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

/** One look everywhere: what was seen, and by place why it could not be looked at. */
interface Look {
  seen: string[]
  unseen: ReadonlyMap<string, string>
}

/**
 * Removes everything that carries the run's label, whoever noted it, and looks again until nothing is left or the budget is used up. A place
 * that cannot be looked at keeps nothing in another from being removed. Never rejects: it runs after failures too. What was noted and could
 * not be looked at is unverified, never gone.
 */
export async function removeFootprint(platform: Platform, run: string, noted: readonly string[], patience: Patience = usualPatience): Promise<Footprint> {
  const created = new Set(noted)
  let failingSince: number | undefined
  const look = async (): Promise<Look> => {
    const found = await lookEverywhere(platform, run)
    for (const name of found.seen) created.add(name)
    failingSince = found.unseen.size === 0 ? undefined : failingSince ?? performance.now()
    return found
  }
  const { value: { seen, unseen } } = await converge(look, patience.whole, {
    consecutive: 2, every: 1000, until: (now) => now.seen.length === 0 && (failingSince === undefined || performance.now() - failingSince > patience.unanswered.milliseconds),
  })
  const placeOf = placesOf(platform)
  const why = (name: string): string | undefined => unseen.get(placeOf(name))
  const standing = seen.filter((name) => name.startsWith('Namespace ')).map((name) => `${name.slice('Namespace '.length)}/`)
  // What is inside a namespace that still stands was not looked at one by one, and is gone only with it.
  const gone = (name: string): boolean => why(name) === undefined && !seen.includes(name) && !standing.some((prefix) => name.includes(` ${prefix}`))
  const all = [...created].sort()
  const unverified = all.flatMap((name) => why(name) === undefined ? [] : [`${name} (not known to be gone: ${why(name) ?? ''})`])
  const [problem] = unseen.values()
  return {
    created: all, removed: all.filter(gone), leftovers: seen.toSorted(),
    unverified: problem !== undefined && unverified.length === 0 ? [`what the run may have made: ${problem}`] : unverified,
  }
}

async function lookEverywhere(platform: Platform, run: string): Promise<Look> {
  const seen: string[] = []
  const unseen = new Map<string, string>()
  await Promise.all(findersOf(platform, run).map(async ({ place, find }) => {
    try {
      const { names, remove } = await find()
      seen.push(...names)
      if (names.length > 0) await readingIfPresent('remove what the run made', remove())
    }
    catch (error) {
      unseen.set(place, sentenceOf(error))
    }
  }))
  return { seen, unseen }
}

/** In which place a thing is looked for, by its name; what is in a namespace of the run's own goes with the namespace. */
function placesOf({ outputs }: Platform): (name: string) => string {
  const environments = Object.values(outputs.environments).map(({ namespace }) => namespace)
  return (name) => {
    const [place = ''] = name.split('/')
    return environments.some((namespace) => place.endsWith(` ${namespace}`)) && !place.startsWith('Namespace ') ? place : 'Namespace'
  }
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
  return [...labels].filter((label) => isForsaken(label, now)).sort()
}

/** Whether a lower-cased run id is one of a run that is over. */
export function isForsaken(label: string, now: number): boolean {
  return isValid(label.toUpperCase()) && now - decodeTime(label.toUpperCase()) > forsakenAfter
}

function findersOf({ outputs, cluster }: Platform, run: string): { place: string, find: () => Promise<Found> }[] {
  const labelSelector = `${runLabel}=${run}`
  const inEnvironments = Object.values(outputs.environments).flatMap(({ namespace }) => kindsOf(cluster).map(({ kind, list, removeAll }) => ({
    place: `${kind} ${namespace}`,
    find: async (): Promise<Found> => {
      const { items } = await reading(`list each ${kind} of the run in ${namespace}`, list({ namespace, labelSelector }))
      return { names: items.flatMap(({ metadata }) => metadata?.name === undefined ? [] : [`${kind} ${namespace}/${metadata.name}`]), remove: () => removeAll({ namespace, labelSelector }) }
    },
  })))
  return [...inEnvironments, { place: 'Namespace', find: () => probeNamespaces(cluster, run) }]
}

async function probeNamespaces({ core }: ClusterClients, run: string): Promise<Found> {
  const { items } = await reading('list the namespaces of the run', core.listNamespace({ labelSelector: `${runLabel}=${run}` }))
  const standing = items.flatMap(({ metadata }) => metadata?.name === undefined ? [] : [{ name: metadata.name, ending: metadata.deletionTimestamp !== undefined }])
  return {
    names: standing.map(({ name }) => `Namespace ${name}`),
    remove: () => Promise.all(standing.filter(({ ending }) => !ending).map(({ name }) => readingIfPresent(`remove namespace ${name}`, core.deleteNamespace({ name })))),
  }
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
