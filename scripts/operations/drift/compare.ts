import { join } from 'node:path'
import { KubeConfig } from '@kubernetes/client-node'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import type { DriftReport } from '../../../suites/lib/drift.ts'
import { clusterApi } from '../pipeline/cluster-api.ts'
import { helm } from '../pipeline/helm.ts'
import { installationOf } from '../pipeline/installation.ts'
import type { Installation, Target } from '../pipeline/installation.ts'
import { s3Client } from '../pipeline/object-storage.ts'
import { kubeconfigOf } from '../pipeline/outputs.ts'
import type { Outputs } from '../pipeline/outputs.ts'
import { loadPlatform } from '../pipeline/platform-file.ts'
import type { Platform } from '../pipeline/platform-schema.ts'
import { loadReleases } from '../pipeline/releases-file.ts'
import type { ReleaseList } from '../pipeline/releases-file.ts'
import { bucketsLook } from './buckets-layer.ts'
import { clusterLook } from './cluster-layer.ts'
import { helmLook } from './helm-layer.ts'
import { looked } from './layer.ts'
import type { LayerResult } from './layer.ts'
import { linodeLists } from './linode-api.ts'
import { eventsIn, ownerBy } from './linode-events.ts'
import type { OwnerOf } from './linode-events.ts'
import { linodeLook, listPlatform } from './linode-layer.ts'
import { readPlan, settableBy, tellsOfUnset } from './plan.ts'
import type { PlanReading } from './plan.ts'
import { readHelmRecords } from './release-records.ts'
import { renderReleases } from './rendered.ts'
import { sourcesOf } from './sources.ts'
import { terraformLook } from './terraform-layer.ts'
import { withDriftWorkspace } from './workspace.ts'
import type { DriftWorkspace } from './workspace.ts'

export interface CompareOptions {
  target: Target
  /** terraform/platform.yaml unless said. */
  platformFile?: string | undefined
  signal?: AbortSignal | undefined
}

interface Comparison { installation: Installation, platform: Platform, list: ReleaseList, outputs: Outputs, workspace: DriftWorkspace, signal: AbortSignal | undefined }

/**
 * Compares a provisioned platform with the checkout, layer by layer. It only reads, takes no lock, and may run beside the pipeline. Rejects with
 * a CommandFailure when there is no platform; a layer that cannot be looked at is named in the report.
 */
export async function compareWithCheckout({ target, platformFile = join(repository, 'terraform/platform.yaml'), signal }: CompareOptions): Promise<DriftReport> {
  const startedAt = performance.now()
  const platform = await loadPlatform(platformFile)
  const list = await loadReleases(join(repository, 'terraform/releases.yaml'))
  const installation = await installationOf(target, platform)
  const results = await withDriftWorkspace({ installation, platform, signal }, async (workspace) => {
    const outputs = await workspace.outputs()
    const comparison: Comparison = { installation, platform, list, outputs, workspace, signal }
    return (await Promise.all([onLinode(comparison), inBuckets(comparison), inCluster(comparison)])).flat()
  })
  return {
    layers: results.map(({ layer }) => layer),
    findings: results.flatMap(({ findings }) => findings),
    seconds: Math.round((performance.now() - startedAt) / 100) / 10,
  }
}

async function onLinode({ installation, platform, workspace, signal }: Comparison): Promise<LayerResult[]> {
  const api = linodeLists(installation, platform.tier === 'enterprise' ? 'v4beta' : 'v4', signal)
  const since = performance.now()
  const reading = planned(workspace)
  const listings = listPlatform(api, platform.name)
  // Both are awaited in their own layers; a rejection in between is not unhandled.
  await Promise.allSettled([reading, listings])
  const ownerOf = await ownersOn(api)
  return Promise.all([
    looked('terraform', async () => terraformLook(await reading, ownerOf), signal, since),
    looked('linode', async () => {
      const { managed } = await reading.catch((error: unknown) => {
        throw new Error('what the state holds is not known, since Terraform could not compare it', { cause: error })
      })
      return linodeLook(await listings, managed, ownerOf)
    }, signal, since),
  ])
}

/** Who did something is told where it can be known: without events everything else still is. */
async function ownersOn(api: ReturnType<typeof linodeLists>): Promise<OwnerOf> {
  const events = await api.first('/account/events').catch(() => [])
  return ownerBy(eventsIn(events))
}

async function planned(workspace: DriftWorkspace): Promise<PlanReading> {
  const plan = await workspace.plan()
  const settable = tellsOfUnset(plan) ? settableBy(await workspace.schema()) : () => true
  return readPlan(plan, settable)
}

async function inBuckets({ installation, platform, signal }: Comparison): Promise<LayerResult> {
  return looked('buckets', async () => bucketsLook(s3Client(installation.objectStorage), platform), signal)
}

async function inCluster({ installation, platform, list, outputs, signal }: Comparison): Promise<LayerResult[]> {
  const cluster = new KubeConfig()
  cluster.loadFromString(kubeconfigOf(outputs))
  const api = clusterApi(cluster)
  const since = performance.now()
  const records = readHelmRecords(api, list.records)
  const rendered = records.then(async (found) => renderReleases(list, await sourcesOf({ installation, platform, outputs, cluster, records: found }), helm({ records: list.records, signal })))
  await Promise.allSettled([rendered])
  const environments = Object.values(outputs.environments).map(({ namespace }) => namespace)
  return Promise.all([
    looked('helm', async () => helmLook(await rendered, await records, list.records), signal, since),
    looked('cluster', async () => clusterLook(await rendered, { cluster, api, records: list.records, environments }), signal),
  ])
}
