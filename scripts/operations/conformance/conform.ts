import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ulid } from 'ulid'
import { sandboxConnection } from '../../../fixtures/sandbox/connection.ts'
import type { SandboxConnection } from '../../../fixtures/sandbox/connection.ts'
import { paths, repository } from '../../../fixtures/sandbox/paths.ts'
import type { Report } from '../../../fixtures/sandbox/progress.ts'
import type { CaseResult, RunFacts } from '../../../reports/model/results.ts'
import { createRedactor } from '../../../reports/redaction/redactor.ts'
import type { Redactor } from '../../../reports/redaction/redactor.ts'
import { publishRun } from '../../../reports/sealing/publish.ts'
import type { Published } from '../../../reports/sealing/publish.ts'
import { runSuites } from '../../../suites/lib/run.ts'
import type { SuiteOutcome, SuiteRun } from '../../../suites/lib/run.ts'
import { catalogue } from '../../../suites/requirements/catalogue.ts'
import { compareWithCheckout } from '../drift/compare.ts'
import { dueDrills } from '../drills/listing.ts'
import { drillsFor } from '../drills/offer.ts'
import { drillPeople } from '../drills/people.ts'
import type { DrillPeople } from '../drills/people.ts'
import { putBackOwn } from '../drills/restore.ts'
import type { Person } from '../people/people.ts'
import { installationOf } from '../pipeline/installation.ts'
import type { Target } from '../pipeline/installation.ts'
import type { Outputs } from '../pipeline/outputs.ts'
import { loadPlatform } from '../pipeline/platform-file.ts'
import { readOutputs } from '../pipeline/read-outputs.ts'
import { platformFacts, provisioningTimings, verifierFacts } from './about.ts'
import { attemptsFor } from './attempts-access.ts'
import { operatorAccess } from './operator.ts'
import { guidesFor } from './guides.ts'
import { reportsFolder } from './published-run.ts'
import { rehearsalsOf } from './rehearsals.ts'
import { killedRuns, scratchOf, writingTo } from './scratch.ts'
import { secretsOf } from './secrets.ts'
import { readStore } from './store.ts'
import type { Stored } from './store.ts'

export interface ConformOptions {
  target: Target
  profile: RunFacts['profile']
  only: readonly string[]
  skip: readonly string[]
  report: Report
  signal: AbortSignal
  onCase?: (result: CaseResult) => void
  /** Instead of the checkout's reports/. */
  reports?: string
  /** Probes that stand ready and are left standing; without them the run starts its own. */
  standing?: Pick<SuiteRun, 'fleet' | 'client'>
  /** Another folder with guides than docs/, and programs that are found before all others: what a breach hands to whoever follows a guide. */
  guides?: { docs?: string, programs?: string }
  /** Who holds the drills of this run and who witnesses them; the sandbox's own people, and nobody on an account, unless said. */
  drillPeople?: DrillPeople
}

/** One run: everything that is known before the first case. */
interface Run {
  runId: string
  startedAt: string
  outputs: Outputs
  connection: SandboxConnection | undefined
  stored: Stored
  people: readonly Person[]
  /** URL of the object storage as the cluster reaches it. */
  objectStorageInside: string
  rehearsals: NonNullable<SuiteRun['rehearsals']>
  redactor: Redactor
  journal: string
  operator: NonNullable<SuiteRun['operator']>
  /** Ids of runs on this machine that were killed. */
  killed: readonly string[]
}

/** What `terraform output -json` would print: the suites read it in the form that any user of Terraform has at hand. */
function wire(outputs: Outputs): Record<string, { value: unknown }> {
  return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { value }]))
}

async function linodeAccess(connection: SandboxConnection | undefined): Promise<{ url: string; token: string; authorities?: string }> {
  if (connection !== undefined) return { url: connection.linode.url, token: connection.linode.token, authorities: await readFile(connection.caFile, 'utf8') }
  return { url: process.env['LINODE_URL'] ?? 'https://api.linode.com', token: process.env['LINODE_TOKEN'] ?? '' }
}

/** What only the sandbox can offer: a channel that can be read back, and a way to the data store for somebody on no list. */
function sandboxOnly({ channel, postgres }: SandboxConnection): Pick<SuiteRun, 'channel' | 'dataStoreForStrangers'> {
  return { channel: { readUrl: channel.readUrl }, dataStoreForStrangers: { host: postgres.host, port: postgres.portForStrangers } }
}

/** Where a URL leads. */
function hostOf(url: string): { host: string, port: number } {
  const { hostname, port, protocol } = new URL(url.includes('://') ? url : `https://${url}`)
  return { host: hostname, port: port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port) }
}

async function runOf(run: Run, options: ConformOptions): Promise<SuiteOutcome> {
  const { authorities, ...linode } = await linodeAccess(run.connection)
  const { profile, only, skip, signal, onCase } = options
  return runSuites({
    outputs: wire(run.outputs),
    runId: run.runId,
    journal: run.journal,
    killed: run.killed,
    redactor: run.redactor,
    linode,
    profile,
    only,
    skip,
    signal,
    ...(authorities === undefined ? {} : { authorities }),
    ...options.standing,
    dataStore: run.stored.dataStore,
    drift: async () => compareWithCheckout({ target: options.target, signal }),
    operator: run.operator,
    guides: await guidesFor(run, options),
    attempts: attemptsFor(options.target),
    stored: { program: process.execPath, args: [join(repository, 'scripts/operations/conformance/run-stored.ts'), options.target] },
    drills: await drillsFor(options.target, options.drillPeople ?? drillPeople(options.target, run.people, {})),
    outside: hostOf(run.objectStorageInside),
    people: run.people.map(({ name, roles }) => ({ name, roles })),
    rehearsals: run.rehearsals,
    ...(run.connection === undefined ? {} : sandboxOnly(run.connection)),
    ...(onCase === undefined ? {} : { onCase }),
  })
}

async function factsOf(run: Run, outcome: SuiteOutcome, options: ConformOptions): Promise<RunFacts> {
  return {
    runId: run.runId,
    target: options.target,
    profile: options.profile,
    filters: { only: [...options.only], skip: [...options.skip] },
    startedAt: run.startedAt,
    finishedAt: new Date().toISOString(),
    requirements: catalogue.map(({ id, kind, title, stories }) => ({ id, kind, title, stories: [...stories] })),
    cases: outcome.cases,
    timings: [
      ...(run.connection === undefined ? [] : [{ phase: 'sandbox up', seconds: run.connection.bootSeconds }]),
      ...(await provisioningTimings(options.target)),
      ...outcome.timings,
    ],
    platform: await platformFacts(options.target, run.outputs),
    verifier: await verifierFacts(),
    footprint: outcome.footprint,
  }
}

async function journalOf(path: string): Promise<unknown[]> {
  const text = await readFile(path, 'utf8').catch(() => '')
  // A killed worker may leave half a last line; what it says was not observed is not evidence.
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as unknown]
    } catch {
      return []
    }
  })
}

/**
 * Runs the suites against a provisioned platform and publishes the evidence. Rejects with one sentence when there is no platform to
 * judge or the selection names something unknown; once cases have begun a report is published, whatever happens to the platform.
 */
export async function conform(options: ConformOptions): Promise<Published> {
  const { report, target, signal } = options
  report({ phase: 'outputs', state: 'started' })
  const connection = target === 'sandbox' ? await sandboxConnection() : undefined
  const outputs = await readOutputs(target, { signal })
  const installation = await installationOf(target, await loadPlatform(join(repository, 'terraform/platform.yaml')))
  const { people, objectStorageInside } = installation
  const stored = await readStore(installation.objectStorage, outputs.secrets.bucket)
  const rehearsals = await rehearsalsOf(installation, connection)
  report({ phase: 'outputs', state: 'finished' })
  const runId = ulid()
  const killed = await killedRuns()
  for (const one of killed) await one.tidy()
  const scratch = await scratchOf(runId)
  const redactor = createRedactor([...secretsOf(outputs, connection, process.env), ...stored.secrets])
  const run: Run = { runId, startedAt: new Date().toISOString(), outputs, connection, stored, people, objectStorageInside, rehearsals, redactor, journal: scratch.journal, operator: await operatorAccess(people), killed: killed.map((one) => one.runId) }
  try {
    report({ phase: 'suites', state: 'started' })
    const outcome = await writingTo(scratch.temporary, async () => runOf(run, options))
    report({ phase: 'suites', state: 'finished' })
    // A run that was interrupted in the middle of a drill owes its way back.
    await putBackOwn(runId, { report })
    report({ phase: 'evidence', state: 'started' })
    const results = await factsOf(run, outcome, options)
    const journal = await journalOf(run.journal)
    const published = await publishRun({
      reportsFolder: options.reports ?? reportsFolder,
      keysFolder: paths.keys,
      results,
      redactor,
      plan: outcome.plan,
      journal,
      redacted: outcome.redacted,
      due: dueDrills(options.target),
    })
    report({ phase: 'evidence', state: 'finished' })
    for (const one of killed) await one.forget()
    return published
  } finally {
    await scratch.remove()
  }
}
