import { join } from 'node:path'
import { KubeConfig } from '@kubernetes/client-node'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { silent } from '../../../fixtures/sandbox/progress.ts'
import type { Report } from '../../../fixtures/sandbox/progress.ts'
import { sentenceOf } from '../../console/failure.ts'
import { bootstrapSecrets } from '../secrets/bootstrap.ts'
import { controlPlaneOf } from './control-plane.ts'
import { failureOf, record } from './events.ts'
import type { ProvisioningEvent } from './events.ts'
import { helm } from './helm.ts'
import { endpointsOf, installationOf } from './installation.ts'
import type { Installation, Target } from './installation.ts'
import { withKubeconfig } from './kubeconfig-file.ts'
import { ensureAuditBucket, ensureStateBucket, s3Client } from './object-storage.ts'
import { kubeconfigOf } from './outputs.ts'
import type { Outputs } from './outputs.ts'
import { eventOf } from './findings.ts'
import type { Findings } from './findings.ts'
import { phases } from './phases.ts'
import type { Phases } from './phases.ts'
import { describePlan } from './plan-summary.ts'
import { passPolicies } from './policy-gate.ts'
import { describePolicy } from './policy-verdict.ts'
import type { PolicyRecord } from './policy-verdict.ts'
import { loadPlatform } from './platform-file.ts'
import type { Platform } from './platform-schema.ts'
import { dnsReady, environmentsReady, nodesReady } from './readiness.ts'
import { dataStoreOf } from './release-values.ts'
import type { ValueSources } from './release-values.ts'
import { loadReleases } from './releases-file.ts'
import type { ReleaseList } from './releases-file.ts'
import { describeReleases, installReleases } from './releases.ts'
import type { ReleaseWorld } from './releases.ts'
import { expectedSources, standInAuthority } from './rendered-releases.ts'
import { alone } from './run-lock.ts'
import { terraform } from './terraform.ts'
import type { Plan, Terraform } from './terraform.ts'
import { terraformVariables } from './terraform-variables.ts'

export interface ProvisionOptions {
  target: Target
  /** terraform/platform.yaml unless said. */
  platformFile?: string
  /** Stop after the plan; only the two buckets that a plan needs are made. */
  planOnly?: boolean
  /** Reference of the approved change; it ends up on every network policy. */
  approval?: string
  report?: Report
  /** On abort the running step ends in order, the lock is given back, and the event says interrupted. */
  signal?: AbortSignal
}

export interface ProvisionResult {
  target: Target
  /** Whether anything was different afterwards. */
  changed: boolean
  plan: Plan
  /** For people: one line with the plan's numbers, then one per change and per release that changed. */
  description: string[]
  /** What the policies said; `open` is what a live case must still look at. */
  policy?: PolicyRecord
  /** Undefined after a plan only, like everything below. */
  event?: ProvisioningEvent
  /** Key of the event in the audit bucket. */
  eventKey?: string
}

interface Run {
  installation: Installation
  platform: Platform
  list: ReleaseList
  terraform: Terraform
  phases: Phases
  approval: string
  signal: AbortSignal | undefined
}

const sources = join(repository, 'terraform')

/**
 * Makes the platform what the platform file says. Rejects with a CommandFailure whose sentence says what to do; a run that got as far as
 * the buckets leaves its event in the audit bucket, however it ended.
 */
export async function provision(options: ProvisionOptions): Promise<ProvisionResult> {
  const { target, platformFile = join(sources, 'platform.yaml'), approval = 'baseline', report = silent, signal } = options
  const clock = phases(report)
  const { installation, platform, list } = await clock.run('check the target', async () => {
    const loaded = await loadPlatform(platformFile)
    return { platform: loaded, list: await loadReleases(join(sources, 'releases.yaml')), installation: await installationOf(target, loaded) }
  })
  const run: Run = { installation, platform, list, approval, signal, phases: clock, terraform: terraform(installation, signal) }
  return alone(installation.folder, async () => options.planOnly === true ? planOnly(run) : wholeRun(run))
}

async function planOnly(run: Run): Promise<ProvisionResult> {
  await makeBuckets(run)
  const findings: Findings = { releases: [] }
  const plan = await makePlan(run, findings).finally(async () => run.terraform.forgetPlan())
  return { target: run.installation.target, changed: false, plan, description: [...describePlan(plan.summary), ...describePolicy(findings.policy)], ...(findings.policy === undefined ? {} : { policy: findings.policy }) }
}

async function wholeRun(run: Run): Promise<ProvisionResult> {
  const { installation, platform } = run
  const startedAt = new Date()
  const findings: Findings = { releases: [] }
  await makeBuckets(run)
  const client = s3Client(installation.objectStorage)
  const finish = async (failure?: unknown) => {
    const event = eventOf(findings, { installation, startedAt, phases: run.phases.times, failure, interrupted: run.signal?.aborted === true })
    return { event, eventKey: await record(event, { folder: installation.folder, client, audit: platform.audit }) }
  }
  let plan: Plan
  try {
    plan = await carryOut(run, findings)
  } catch (error) {
    // After a failed apply the state is newer than the one that was read; without the signal, since an interrupted run has a state too.
    findings.state = await terraform(installation).state().catch(() => undefined)
    // What stopped the run matters more than an event that could not be stored as well.
    const sent = await finish(error).then(() => undefined, (problem: unknown) => sentenceOf(problem))
    throw failureOf(error, { secrets: installation.secrets, also: sent })
  }
  const changed = plan.changes || findings.releases.some(({ action }) => action !== 'unchanged')
  return { target: installation.target, changed, plan, description: [...describePlan(plan.summary), ...describePolicy(findings.policy), ...describeReleases(findings.releases)], ...await finish() }
}

async function makeBuckets({ installation, platform: { state, audit }, phases: clock }: Run): Promise<void> {
  await clock.run('state and audit buckets', async () => {
    const client = s3Client(installation.objectStorage)
    await ensureStateBucket(client, state.bucket)
    await ensureAuditBucket(client, audit)
  })
}

async function makePlan(run: Run, findings: Findings): Promise<Plan> {
  const { platform, terraform: workspace, phases: clock, approval, installation } = run
  await clock.run('terraform init', async () => {
    await workspace.prepare(terraformVariables(platform))
    await workspace.init(platform.state.bucket)
    findings.before = await workspace.state()
  })
  const plan = await clock.run('terraform plan', async () => workspace.plan(), ({ summary }) => describePlan(summary)[0] ?? '')
  findings.plan = plan
  const sources = expectedSources(platform, { approval, endpoints: await endpointsOf(installation) })
  await passPolicies(run, findings, { sources, prevented: 'plan' })
  return plan
}

async function carryOut(run: Run, findings: Findings): Promise<Plan> {
  const { terraform: workspace, phases: clock } = run
  try {
    const plan = await makePlan(run, findings)
    if (plan.changes) await clock.run('terraform apply', async () => workspace.apply())
    const outputs = await clock.run('terraform outputs', async () => {
      findings.state = await workspace.state()
      return workspace.outputs()
    })
    await withKubeconfig(run.installation.folder, kubeconfigOf(outputs), async (kubeconfig) => inCluster(run, { outputs, kubeconfig, findings }))
    return plan
  } finally {
    await workspace.forgetPlan()
  }
}

async function inCluster(run: Run, { outputs, kubeconfig, findings }: { outputs: Outputs, kubeconfig: string, findings: Findings }): Promise<void> {
  const { phases: clock, signal, list, platform, approval, installation } = run
  const cluster = new KubeConfig()
  cluster.loadFromFile(kubeconfig)
  await clock.run('nodes ready', async () => nodesReady(cluster, outputs.pools, signal))
  await clock.run('cluster DNS ready', async () => dnsReady(cluster, signal))
  const sources: ValueSources = {
    platform,
    outputs,
    approval,
    dataStore: await dataStoreOf(outputs),
    controlPlane: await controlPlaneOf(cluster),
    endpoints: await endpointsOf(installation),
    authority: '',
  }
  await passPolicies(run, findings, { sources: { ...sources, authority: standInAuthority }, prevented: 'releases' })
  findings.releases = await clock.run('helm releases', async () => {
    const world: ReleaseWorld = {
      helm: helm({ kubeconfig, records: list.records, signal }),
      cluster,
      steps: {
        secrets: async () => {
          const { authority } = await bootstrapSecrets({ kubeconfig, installation, platform, outputs, signal })
          return { authority }
        },
      },
    }
    return installReleases(list, sources, world)
  }, (releases) => `${releases.filter(({ action }) => action !== 'unchanged').length} of ${releases.length} changed`)
  await clock.run('environments in force', async () => environmentsReady(cluster, signal))
}
