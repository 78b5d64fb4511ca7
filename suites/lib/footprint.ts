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

interface Found {
  name: string
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
      for (const { name } of found) created.add(name)
      await Promise.all(found.map(async ({ remove }) => { await readingIfPresent('remove what the run made', remove()) }))
      problem = undefined
      failingSince = undefined
      return found.map(({ name }) => name)
    }
    catch (error) {
      problem = sentenceOf(error)
      failingSince ??= performance.now()
      return [...created]
    }
  }
  const { value: remaining } = await converge(look, patience.whole, {
    consecutive: 2, every: 500, until: (left) => problem === undefined ? left.length === 0 : performance.now() - (failingSince ?? 0) > patience.unanswered.milliseconds,
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

async function everythingOf(platform: Platform, run: string): Promise<Found[]> {
  const clients = platform.cluster
  const namespaces = Object.values(platform.outputs.environments).map(({ namespace }) => namespace)
  const found = await Promise.all([
    probeNamespaces(clients, run),
    ...namespaces.flatMap((namespace) => [podsOf, servicesOf, deploymentsOf, autoscalersOf].map((listing) => listing(clients, namespace, run))),
  ])
  return found.flat()
}

async function probeNamespaces({ core }: ClusterClients, run: string): Promise<Found[]> {
  const { items } = await reading('list the namespaces of the run', core.listNamespace({ labelSelector: `${runLabel}=${run}` }))
  return items.flatMap(({ metadata }) => metadata?.name === undefined ? [] : [nameOnly(core, metadata.name, metadata.deletionTimestamp !== undefined)])
}

function nameOnly(core: ClusterClients['core'], name: string, ending: boolean): Found {
  return { name: `Namespace ${name}`, remove: async () => { if (!ending) await core.deleteNamespace({ name }) } }
}

async function podsOf({ core }: ClusterClients, namespace: string, run: string): Promise<Found[]> {
  const { items } = await reading(`list the pods of the run in ${namespace}`, core.listNamespacedPod({ namespace, labelSelector: `${runLabel}=${run}` }))
  return items.flatMap(({ metadata }) => {
    const name = metadata?.name
    return name === undefined ? [] : [{ name: `Pod ${namespace}/${name}`, remove: () => core.deleteNamespacedPod({ namespace, name, gracePeriodSeconds: 0 }) }]
  })
}

async function servicesOf({ core }: ClusterClients, namespace: string, run: string): Promise<Found[]> {
  const { items } = await reading(`list the services of the run in ${namespace}`, core.listNamespacedService({ namespace, labelSelector: `${runLabel}=${run}` }))
  return items.flatMap(({ metadata }) => {
    const name = metadata?.name
    return name === undefined ? [] : [{ name: `Service ${namespace}/${name}`, remove: () => core.deleteNamespacedService({ namespace, name }) }]
  })
}

async function deploymentsOf({ apps }: ClusterClients, namespace: string, run: string): Promise<Found[]> {
  const { items } = await reading(`list the deployments of the run in ${namespace}`, apps.listNamespacedDeployment({ namespace, labelSelector: `${runLabel}=${run}` }))
  return items.flatMap(({ metadata }) => {
    const name = metadata?.name
    return name === undefined ? [] : [{ name: `Deployment ${namespace}/${name}`, remove: () => apps.deleteNamespacedDeployment({ namespace, name, propagationPolicy: 'Background' }) }]
  })
}

async function autoscalersOf({ autoscaling }: ClusterClients, namespace: string, run: string): Promise<Found[]> {
  const { items } = await reading(`list the autoscalers of the run in ${namespace}`, autoscaling.listNamespacedHorizontalPodAutoscaler({ namespace, labelSelector: `${runLabel}=${run}` }))
  return items.flatMap(({ metadata }) => {
    const name = metadata?.name
    return name === undefined ? [] : [{ name: `HorizontalPodAutoscaler ${namespace}/${name}`, remove: () => autoscaling.deleteNamespacedHorizontalPodAutoscaler({ namespace, name }) }]
  })
}
