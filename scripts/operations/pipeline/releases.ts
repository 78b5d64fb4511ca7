import { CoreV1Api } from '@kubernetes/client-node'
import type { KubeConfig } from '@kubernetes/client-node'
import { join } from 'node:path'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { exitCodes } from '../../../reports/model/verdict.ts'
import { CommandFailure, exitCodeFrom, sentenceOf } from '../../console/failure.ts'
import { settleAll } from './concurrency.ts'
import type { Helm } from './helm.ts'
import { releaseDrift } from './release-drift.ts'
import type { Drift } from './release-drift.ts'
import { valuesOf } from './release-values.ts'
import type { ValueSources } from './release-values.ts'
import type { Release, ReleaseList, Step } from './releases-file.ts'

export interface InstalledRelease {
  name: string
  revision: number
  action: 'installed' | 'upgraded' | 'unchanged'
  /** The revision that was in force before; absent when it was not installed or nothing changed. */
  before?: number
  /** What Helm says about that revision: the digest of its manifests when the pipeline made it. */
  description?: string
  /** Why it was upgraded. */
  reason?: string
}

export interface ReleaseWorld {
  helm: Helm
  /** The same cluster as `helm`'s. */
  cluster: KubeConfig
  /** Folder of the charts; terraform/charts unless said. */
  charts?: string
  /** How live objects are compared; tests have their own. */
  drift?: typeof releaseDrift
  /** What is done after a stage; resolves with what later releases learn from it. */
  steps: Record<Step, (sources: ValueSources) => Promise<Partial<ValueSources>>>
}

/** Two cores gain nothing from more (incluster.md §8). */
const width = 4

/**
 * Brings every release of a list to what the platform file says, stage after stage. A release whose manifests and live objects are as
 * they should be is left alone, so a second run is fast and makes no new revision. Rejects with one sentence per release that failed,
 * after the others of its stage have ended.
 */
export async function installReleases(list: ReleaseList, sources: ValueSources, world: ReleaseWorld): Promise<InstalledRelease[]> {
  const installed: InstalledRelease[] = []
  let known = sources
  for (const stage of list.stages) {
    const results = await settleAll(stage.releases, width, async (release) => install(release, known, { ...world, records: list.records }))
    installed.push(...results.flatMap((result) => result.status === 'fulfilled' ? [result.value] : []))
    throwFailures(stage.releases, results)
    for (const step of stage.afterwards ?? []) known = { ...known, ...await world.steps[step](known) }
  }
  return installed
}

/** One line per release that changed, with the reason. */
export function describeReleases(releases: readonly InstalledRelease[]): string[] {
  return releases
    .filter(({ action }) => action !== 'unchanged')
    .map(({ name, revision, action, reason }) => `${action === 'installed' ? '+' : '~'} release ${name}, revision ${revision}${reason === undefined ? '' : `: ${reason}`}`)
}

/** Removes the releases of a list, last stage first. */
export async function uninstallReleases(list: ReleaseList, { helm }: Pick<ReleaseWorld, 'helm'>): Promise<void> {
  for (const stage of list.stages.toReversed()) {
    throwFailures(stage.releases, await settleAll(stage.releases, width, async (release) => helm.uninstall(release.name)))
  }
}

/** What each object of each release is, where it is not as it was made; by release, empty lists included. */
export async function driftOfReleases(list: ReleaseList, sources: ValueSources, world: Omit<ReleaseWorld, 'steps'>): Promise<Map<string, Drift[]>> {
  const releases = list.stages.flatMap((stage) => stage.releases)
  const found = await settleAll(releases, width, async (release) => {
    const { manifest } = await world.helm.render(release.name, chartOf(release, world), valuesOf(release, sources))
    return releaseDrift(world.cluster, manifest, { name: release.name, records: list.records })
  })
  throwFailures(releases, found)
  return new Map(found.flatMap((result, index) => result.status === 'fulfilled' ? [[releases[index]?.name ?? '', result.value] as const] : []))
}

function chartOf(release: Release, { charts = join(repository, 'terraform/charts') }: Pick<ReleaseWorld, 'charts'>): string {
  return join(charts, release.chart)
}

async function install(release: Release, sources: ValueSources, world: ReleaseWorld & { records: string }): Promise<InstalledRelease> {
  const { helm } = world
  const { name } = release
  const chart = chartOf(release, world)
  const values = valuesOf(release, sources)
  const [rendering, before] = await Promise.all([helm.render(name, chart, values), helm.latest(name)])
  const reason = before === undefined ? undefined : await reasonToUpgrade(before, rendering, { ...world, name })
  if (before !== undefined && reason === undefined) return { name, revision: before.revision, action: 'unchanged' }
  if (before !== undefined && before.status.startsWith('pending-')) await dropRecord(world, `sh.helm.release.v1.${name}.v${before.revision}`)
  await helm.install(name, chart, { values, description: rendering.digest })
  const after = await helm.latest(name)
  return { name, revision: after?.revision ?? 0, ...since(before), ...(reason === undefined ? {} : { reason }) }
}

function since(before: { revision: number, description: string } | undefined): Pick<InstalledRelease, 'action' | 'before' | 'description'> {
  return before === undefined ? { action: 'installed' } : { action: 'upgraded', before: before.revision, description: before.description }
}

async function reasonToUpgrade(
  before: { status: string, description: string },
  rendering: { manifest: string, digest: string },
  { name, records, cluster, drift: compare = releaseDrift }: ReleaseWorld & { name: string, records: string },
): Promise<string | undefined> {
  if (before.status !== 'deployed') return `its last revision is ${before.status}`
  if (before.description !== rendering.digest) return 'its manifests changed'
  const drift = await compare(cluster, rendering.manifest, { name, records })
  if (drift.length === 0) return undefined
  return drift.map((each) => `${each.kind} ${each.name} is ${each.how}`).join(', ')
}

/** A Helm that was killed leaves a pending record, and every later Helm refuses to act until that is gone. */
async function dropRecord({ cluster, records }: ReleaseWorld & { records: string }, secret: string): Promise<void> {
  await cluster.makeApiClient(CoreV1Api).deleteNamespacedSecret({ name: secret, namespace: records })
}

function throwFailures(releases: readonly Release[], results: readonly PromiseSettledResult<unknown>[]): void {
  const failed = results.flatMap((result, index) => result.status === 'rejected' ? [{ name: releases[index]?.name ?? '', reason: result.reason as unknown }] : [])
  const [first] = failed
  if (first === undefined) return
  const sentences = failed.map(({ name, reason }) => `Release ${name}: ${sentenceOf(reason)}`)
  throw new CommandFailure(sentences.join('\n'), exitCodeFrom(first.reason) ?? exitCodes.partial)
}
