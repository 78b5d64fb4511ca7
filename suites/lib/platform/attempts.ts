import type { V1Pod } from '@kubernetes/client-node'
import type { IntendedAccess } from '../../intent/access.ts'
import { budgets } from '../budgets.ts'
import { converge } from '../converge.ts'
import type { RunRecord } from '../footprint.ts'
import { IndeterminateError } from '../indeterminate.ts'
import { probeContainer, probeImage, restrictedContainer, restrictedPod, runLabels } from '../probes/manifests.ts'
import type { AccessAttempt } from '../verdict.ts'
import { reviewEach } from './access-review.ts'
import { millicores, readLimits, readQuotas } from './environments.ts'
import { attempting, reading } from './kubernetes.ts'
import type { Platform } from './platform.ts'

/** How a pod that is offered to an environment departs from what Pod Security level restricted allows. */
export const podPostures = {
  restricted: {},
  privileged: { privileged: true, allowPrivilegeEscalation: true },
  'able to run as root': { runAsNonRoot: false, runAsUser: 0 },
  'without a seccomp profile': { seccompProfile: { type: 'Unconfined' } },
} as const
export type PodPosture = keyof typeof podPostures

function offeredPod(name: string, run: string, container: object): V1Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: runLabels(run) },
    spec: { ...restrictedPod, containers: [{ name: probeContainer, image: probeImage, ...restrictedContainer, ...container }] },
  }
}

/** Offers a pod to an environment by server-side dry run: every check of admission is made, nothing is kept. */
export async function offerPod(platform: Platform, environment: string, offer: { posture: PodPosture, run: string }): Promise<AccessAttempt> {
  const namespace = platform.namespaceOf(environment)
  const securityContext = { ...restrictedContainer.securityContext, ...podPostures[offer.posture] }
  const body = offeredPod(`offer-${offer.run}`, offer.run, { securityContext })
  return await attempting(`create a pod that is ${offer.posture} in ${environment}`, platform.cluster.core.createNamespacedPod({ namespace, body, dryRun: 'All' }))
}

/** What is left of an environment's CPU quota, in thousandths of a core: the tighter of requests and limits. */
export async function cpuLeft(platform: Platform, environment: string): Promise<number> {
  const quotas = await readQuotas(platform, environment)
  const left = quotas.flatMap(({ hard, used }) => ['requests.cpu', 'limits.cpu']
    .flatMap((resource) => hard[resource] === undefined ? [] : [millicores(hard[resource]) - millicores(used[resource] ?? '0')]))
  return left.length === 0 ? Infinity : Math.min(...left)
}

/** Waits until at least so much of the environment's CPU quota is left; resolves with what is left then, or when the budget is used up. */
export async function cpuLeftAtLeast(platform: Platform, environment: string, wanted: number): Promise<number> {
  return (await converge(() => cpuLeft(platform, environment), budgets.quotaRecount, { consecutive: 1, until: (left) => left >= wanted })).value
}

/**
 * Does `work` while all that was left of an environment's CPU quota is taken, by a pod that no node can take: it is counted and never
 * runs. The quota is given back afterwards, whatever happened.
 */
export async function whileExhausted<T>(place: { platform: Platform, environment: string, run: { label: string } & RunRecord }, work: () => Promise<T>): Promise<T> {
  const { platform, environment, run } = place
  const namespace = platform.namespaceOf(environment)
  const name = `quota-${run.label}`
  const left = await cpuLeft(platform, environment)
  if (!Number.isFinite(left) || left < 1) throw new IndeterminateError(`expected the CPU quota of ${environment} to have something left to take, but ${left < 1 ? 'it is used up already' : 'there is no CPU quota'}`)
  const body = quotaFiller(name, run.label, shared(left, await largestContainer(platform, environment)))
  await reading(`take the rest of the quota of ${environment}`, platform.cluster.core.createNamespacedPod({ namespace, body }))
  run.created(`Pod ${namespace}/${name}`)
  try {
    return await work()
  }
  finally {
    await reading(`give back the quota of ${environment}`, platform.cluster.core.deleteNamespacedPod({ namespace, name, gracePeriodSeconds: 0 }))
  }
}

async function largestContainer(platform: Platform, environment: string): Promise<number> {
  const limits = await readLimits(platform, environment)
  return Math.min(...limits.filter(({ type }) => type === 'Container').map(({ max }) => max['cpu'] === undefined ? Infinity : millicores(max['cpu'])))
}

function quotaFiller(name: string, run: string, shares: readonly number[]): V1Pod {
  const containers = shares.map((share, index) => {
    const bounds = { cpu: `${share}m`, memory: '16Mi' }
    return { name: `share-${index}`, image: probeImage, securityContext: restrictedContainer.securityContext, resources: { requests: bounds, limits: bounds } }
  })
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, labels: runLabels(run) }, spec: { ...restrictedPod, nodeSelector: { 'plumbline.dev/no-such-node': run }, containers } }
}

/** Splits an amount into shares of at most `largest`. */
export function shared(amount: number, largest: number): number[] {
  const count = Math.max(1, Math.ceil(amount / largest))
  return Array.from({ length: count }, (_, index) => Math.floor((amount * (index + 1)) / count) - Math.floor((amount * index) / count))
}

/** Asks the live authorizer about each row; resolves with what it answered, in the same order. */
export async function reviewAccess(platform: Platform, rows: readonly IntendedAccess[]): Promise<{ row: IntendedAccess, allowed: boolean, reason: string }[]> {
  return await reviewEach(platform, rows, ({ id, holder, environment, verb, group, resource }) => ({
    what: `"${id}"`, spec: { user: holder.user, groups: [...holder.groups], resourceAttributes: { namespace: platform.namespaceOf(environment), verb, group, resource } },
  }))
}
