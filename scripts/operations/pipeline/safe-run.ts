import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { S3Client } from '@aws-sdk/client-s3'
import { recordKilled } from '../changes/hook.ts'
import { lastApplied, textAt } from './applied.ts'
import { markChildren } from './children.ts'
import { record } from './events.ts'
import type { Findings } from './findings.ts'
import { helm } from './helm.ts'
import type { Installation } from './installation.ts'
import { withKubeconfig } from './kubeconfig-file.ts'
import { linodeAccount } from './linode-account.ts'
import { clearOrphans, orphans } from './orphans.ts'
import type { Phases } from './phases.ts'
import type { Platform } from './platform-schema.ts'
import { QuotaFailure, withAmounts } from './quota.ts'
import type { ReleaseList } from './releases-file.ts'
import { isForsaken, readLock } from './stale-lock.ts'
import { announceStart, eventOfKilled, killedRuns, startRecord } from './started.ts'
import type { StartRecord } from './started.ts'
import { readState } from './state-objects.ts'
import { outlive, processesHere } from './survivors.ts'
import { terraform } from './terraform.ts'
import type { Plan, Terraform } from './terraform.ts'
import { releasesBefore, undoReleases } from './undo-releases.ts'
import type { Undoing } from './undo-releases.ts'
import { undo } from './undo.ts'

/** Also `key` of the backend in terraform/versions.tf. */
export const stateKey = 'platform/terraform.tfstate'

interface Run { installation: Installation, platform: Platform, phases: Phases, signal: AbortSignal | undefined }

/** What makes a run of the pipeline safe: it is known from its first moment, takes over what killed runs left, and takes back what it did when it fails. */
export interface SafeRun {
  /** What the run left before it touched anything; its id is the run's. */
  start: StartRecord
  /** Tells of the runs that were killed, and waits for what they left at work. Gives back Terraform's lock when its holder is provably dead. */
  takeOver: (workspace: Terraform) => Promise<void>
  /** Removes what killed runs made and did not write down; true when the plan must be made again. */
  clear: (workspace: Terraform, plan: Plan) => Promise<boolean>
  /** What will put the releases back. To be called before the first of them is touched. */
  beforeReleases: (kubeconfig: string, list: ReleaseList) => Promise<() => Promise<Undoing>>
  /** Never rejects. */
  takeBack: (findings: Findings, failure: unknown) => Promise<Undoing>
  /** The failure, with the numbers where a limit of the account was reached. */
  told: (findings: Findings, failure: unknown) => Promise<unknown>
  /** The run is over: its children are nobody's any more. */
  end: () => void
}

export async function beginSafely(run: Run, { client, startedAt }: { client: S3Client, startedAt: Date }): Promise<SafeRun> {
  const { installation, platform, phases, signal } = run
  const state = readState(await textAt({ client, bucket: platform.state.bucket }, stateKey) ?? '')
  const mine = startRecord({ target: installation.target, incremental: (state?.identity.resources ?? 0) > 0, startedAt })
  const records = { client, bucket: platform.audit.bucket }
  const killed = await killedRuns(records, startedAt)
  await announceStart(mine, { ...records, retentionDays: platform.audit.retentionDays })
  markChildren(mine.id)
  const account = linodeAccount(installation)
  return {
    start: mine,
    takeOver: async (workspace) => {
      if (killed.length === 0) return
      await phases.run('what a killed run left', () => takeOver(run, { client, killed, workspace }), (found) => found.join(', '))
    },
    clear: async (workspace, plan) => {
      const [first] = killed
      if (first === undefined || !plan.changes) return false
      const { removed, adopted } = await phases.run('what a killed run did not write down', async () => {
        const found = await orphans({ account, state: await workspace.objects(), plan: plan.summary, since: new Date(first.startedAt) })
        return clearOrphans(found, { account, adopt: async (address, id) => workspace.adopt(address, id) })
      }, (cleaning) => [...cleaning.removed.map((each) => `${each} removed`), ...cleaning.adopted.map((each) => `${each} adopted`)].join(', ') || 'nothing')
      return removed.length + adopted.length > 0
    },
    beforeReleases: async (kubeconfig, list) => {
      const before = await withHelm(installation.folder, kubeconfig, { records: list.records, signal }, releasesBefore)
      return async () => withHelm(installation.folder, kubeconfig, { records: list.records }, async (charts) => undoReleases(list, before, charts))
    },
    takeBack: async (findings, failure) => undo(findings, failure, {
      terraform: terraform(installation), account, startedAt, phases, asBefore: await asBefore(run, client).catch(() => undefined),
    }),
    told: async (findings, failure) => {
      if (!(failure instanceof QuotaFailure)) return failure
      const clusterId = [...findings.objectsBefore?.values() ?? []].find(({ type }) => type === 'linode_lke_cluster')?.id
      return withAmounts(failure, { account, platform, plan: findings.plan?.summary, clusterId })
    },
    end: () => markChildren(undefined),
  }
}

async function withHelm<T>(folder: string, kubeconfig: string, options: { records: string, signal?: AbortSignal | undefined }, work: (charts: ReturnType<typeof helm>) => Promise<T>): Promise<T> {
  return withKubeconfig(folder, kubeconfig, async (path) => work(helm({ kubeconfig: path, ...options })))
}

/** How the workspace becomes what the last run that ended well had applied; undefined when none is known. */
async function asBefore({ installation, platform }: Run, client: S3Client): Promise<(() => Promise<void>) | undefined> {
  const variables = (await lastApplied({ client, bucket: platform.state.bucket }))?.variables
  if (variables === undefined) return undefined
  return async () => {
    const workspace = terraform(installation)
    await workspace.prepare(variables)
    await workspace.init(platform.state.bucket)
  }
}

interface Inheritance { client: S3Client, killed: readonly StartRecord[], workspace: Terraform }

async function takeOver({ installation, platform, signal }: Run, { client, killed, workspace }: Inheritance): Promise<string[]> {
  const { folder } = installation
  for (const one of killed) {
    const event = eventOfKilled(one, new Date())
    // The event comes last: a run without one is found again.
    await recordKilled({ installation, platform }, event)
    await record(event, { folder, client, audit: platform.audit })
  }
  const waited = await outlive(killed.map(({ id }) => id), { signal })
  const lock = await readLock(client, { bucket: platform.state.bucket, key: stateKey })
  const { accessKey } = installation.objectStorage
  const forsaken = lock !== undefined && isForsaken(lock, { killed, processes: await processesHere(), accessKey })
  if (forsaken) {
    await workspace.forceUnlock(lock.id)
    await appendFile(join(folder, 'recoveries.ndjson'), `${JSON.stringify({ at: new Date().toISOString(), forceUnlocked: lock })}\n`, { mode: 0o600 })
  }
  return [
    `${killed.map(({ id }) => `run ${id}`).join(', ')} told of`,
    ...waited.map((child) => `${child} waited for`),
    ...forsaken ? [`lock ${lock.id} of ${lock.who} given back`] : [],
  ]
}

