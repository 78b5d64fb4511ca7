import { join } from 'node:path'
import { KubeConfig } from '@kubernetes/client-node'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { silent } from '../../../fixtures/sandbox/progress.ts'
import type { Report } from '../../../fixtures/sandbox/progress.ts'
import { sentenceOf } from '../../console/failure.ts'
import { describeDecision, refuseUnapproved } from '../changes/decide.ts'
import type { Decision } from '../changes/decide.ts'
import { announceChange, judgeChange, recordRun } from '../changes/hook.ts'
import { bootstrapSecrets } from '../secrets/bootstrap.ts'
import { rememberApplied } from './applied.ts'
import { controlPlaneOf } from './control-plane.ts'
import { failureOf, record } from './events.ts'
import type { ProvisioningEvent } from './events.ts'
import { helm } from './helm.ts'
import { endpointsOf, installationOf } from './installation.ts'
import type { Installation, Target } from './installation.ts'
import { withKubeconfig } from './kubeconfig-file.ts'
import { linodeAccount } from './linode-account.ts'
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
import { beginSafely, stateKey } from './safe-run.ts'
import type { SafeRun } from './safe-run.ts'
import { refuseUnsoundState } from './sound-state.ts'
import { usualStart, whileMachinesStart } from './started-machines.ts'
import { terraform } from './terraform.ts'
import type { Plan, Terraform } from './terraform.ts'
import { terraformVariables } from './terraform-variables.ts'
import { undoingInWords } from './undo.ts'

export interface ProvisionOptions {
  target: Target
  /** terraform/platform.yaml unless said. */
  platformFile?: string
  /** Stop after the plan; only the two buckets that a plan needs are made. */
  planOnly?: boolean
  /** Id of the approved request, when the segmentation changes; it ends up on every network policy. */
  approval?: string
  /** How long an ordered machine may take to start, seconds; usualStart unless said. */
  nodesWithin?: number
  report?: Report
  /** On abort the running step ends in order, what the run did is undone, the lock is given back, and the event says interrupted. */
  signal?: AbortSignal
}

export interface ProvisionResult {
  target: Target
  /** Whether anything was different afterwards. */
  changed: boolean
  plan: Plan
  /** What is decided about its segmentation; after a plan only. */
  decision?: Decision
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
  approval: string | undefined
  nodesWithin: number | undefined
  signal: AbortSignal | undefined
}

const sources = join(repository, 'terraform')

/**
 * Makes the platform what the platform file says. Rejects with a CommandFailure whose sentence says what to do, after what the run had done
 * is undone; a run that got as far as the buckets leaves its event in the audit bucket, however it ended.
 */
export async function provision(options: ProvisionOptions): Promise<ProvisionResult> {
  const { target, platformFile = join(sources, 'platform.yaml'), approval, nodesWithin, report = silent, signal } = options
  const clock = phases(report)
  const { installation, platform, list } = await clock.run('check the target', async () => {
    const loaded = await loadPlatform(platformFile)
    return { platform: loaded, list: await loadReleases(join(sources, 'releases.yaml')), installation: await installationOf(target, loaded) }
  })
  const run: Run = { installation, platform, list, approval, nodesWithin, signal, phases: clock, terraform: terraform(installation, signal) }
  return alone(installation.folder, async () => options.planOnly === true ? planOnly(run) : wholeRun(run))
}

async function planOnly(run: Run): Promise<ProvisionResult> {
  await makeBuckets(run)
  const findings: Findings = { releases: [] }
  const plan = await makePlan(run, findings).finally(async () => run.terraform.forgetPlan())
  const { decision } = await run.phases.run('segmentation', async () => judgeChange(run, plan))
  return {
    target: run.installation.target,
    changed: false,
    plan,
    decision,
    description: [...describePlan(plan.summary), ...describePolicy(findings.policy), ...describeDecision(decision)],
    ...(findings.policy === undefined ? {} : { policy: findings.policy }),
  }
}

async function wholeRun(run: Run): Promise<ProvisionResult> {
  const { installation, platform } = run
  const startedAt = new Date()
  const findings: Findings = { releases: [] }
  await makeBuckets(run)
  const client = s3Client(installation.objectStorage)
  const safe = await beginSafely(run, { client, startedAt })
  const finish = async (failure?: unknown) => {
    const event = eventOf(findings, { id: safe.start.id, installation, startedAt, phases: run.phases.times, failure, interrupted: run.signal?.aborted === true })
    if (findings.plan !== undefined && findings.change !== undefined) await recordRun(run, findings.change, { event, plan: findings.plan, releases: findings.releases })
    return { event, eventKey: await record(event, { folder: installation.folder, client, audit: platform.audit }) }
  }
  let plan: Plan
  try {
    plan = await carryOut(run, findings, safe)
  } catch (error) {
    const undoing = findings.undoing = await safe.takeBack(findings, error)
    const told = await safe.told(findings, error)
    // After a failed apply the state is newer than the one that was read; without the signal, since an interrupted run has a state too.
    findings.state = await terraform(installation).state().catch(() => undefined)
    // What stopped the run matters more than an event that could not be stored as well.
    const sent = await finish(told).then(() => undefined, (problem: unknown) => sentenceOf(problem))
    throw failureOf(told, { secrets: installation.secrets, also: [undoingInWords(undoing), sent], leftSomething: undoing.left.length > 0 })
  } finally {
    safe.end()
  }
  // Without it a later run that fails still undoes what it made; only what it changed could not be restored.
  await rememberApplied({ client, bucket: platform.state.bucket }, { variables: terraformVariables(platform), lineage: findings.state?.lineage }).catch(() => undefined)
  const changed = plan.changes || findings.releases.some(({ action }) => action !== 'unchanged')
  return { target: installation.target, changed, plan, description: [...describePlan(plan.summary), ...describePolicy(findings.policy), ...describeReleases(findings.releases)], ...await finish() }
}

async function makeBuckets({ installation, platform: { state, audit }, phases: clock }: Run): Promise<void> {
  await clock.run('state and audit buckets', async () => {
    const client = s3Client(installation.objectStorage)
    await ensureStateBucket(client, state.bucket)
    await ensureAuditBucket(client, audit)
    await refuseUnsoundState({ client, bucket: state.bucket }, stateKey)
  })
}

async function makePlan(run: Run, findings: Findings, safe?: SafeRun): Promise<Plan> {
  const { platform, terraform: workspace, phases: clock, approval, installation } = run
  await clock.run('terraform init', async () => {
    await workspace.prepare(terraformVariables(platform))
    await workspace.init(platform.state.bucket)
  })
  await safe?.takeOver(workspace)
  const { identity, objects } = await workspace.snapshot()
  findings.before = identity
  findings.objectsBefore = objects
  const plan = await clock.run('terraform plan', async () => workspace.plan(), ({ summary }) => describePlan(summary)[0] ?? '')
  findings.plan = plan
  const sources = expectedSources(platform, { approval: approval ?? 'baseline', endpoints: await endpointsOf(installation) })
  await passPolicies(run, findings, { sources, prevented: 'plan' })
  return plan
}

async function carryOut(run: Run, findings: Findings, safe: SafeRun): Promise<Plan> {
  const { terraform: workspace, phases: clock } = run
  try {
    let plan = await makePlan(run, findings, safe)
    if (await safe.clear(workspace, plan)) plan = await makePlan(run, findings)
    const inHand = plan
    const change = await clock.run('segmentation', async () => judgeChange(run, inHand), ({ decision }) => `approval ${decision.reason}`)
    refuseUnapproved(change.decision)
    findings.change = change
    await announceChange(run, change, { start: safe.start, plan })
    findings.applying = true
    if (plan.changes) await clock.run('terraform apply', async () => applied(run, findings))
    const outputs = await clock.run('terraform outputs', async () => {
      findings.state = await workspace.state()
      return workspace.outputs()
    })
    await withKubeconfig(run.installation.folder, kubeconfigOf(outputs), async (kubeconfig) => inCluster(run, { outputs, kubeconfig, findings, safe, approval: change.decision.reference }))
    return plan
  } finally {
    await workspace.forgetPlan()
  }
}

async function applied({ installation, platform, terraform: workspace, nodesWithin }: Run, { before }: Pick<Findings, 'before'>): Promise<void> {
  const usual = (before?.resources ?? 0) > 0 ? usualStart.incremental : usualStart.first
  await whileMachinesStart({ account: linodeAccount(installation), cluster: platform.name, seconds: nodesWithin ?? usual }, async (tooLong) => workspace.apply(tooLong))
}

interface InCluster { outputs: Outputs, kubeconfig: string, findings: Findings, safe: SafeRun, approval: string }

async function inCluster(run: Run, { outputs, kubeconfig, findings, safe, approval }: InCluster): Promise<void> {
  const { phases: clock, signal, list, platform, installation } = run
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
    findings.undoReleases = await safe.beforeReleases(kubeconfigOf(outputs), list)
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
