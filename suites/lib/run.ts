import type { CaseResult } from '../../reports/model/results.ts'
import type { Redactor } from '../../reports/redaction/redactor.ts'
import { isIdentities, removeIdentities } from './attempts-offer.ts'
import { needsCrossings } from './ahead.ts'
import { driftCase, nothingCompared, type DriftReport } from './drift.ts'
import { forsakenRuns, removeFootprint, type Footprint } from './footprint.ts'
import { sentenceOf } from './indeterminate.ts'
import { isIssued, joined, removeIssued } from './issued.ts'
import { readJournal } from './journal.ts'
import { verifierToken } from './platform/identity.ts'
import { outstandingCases } from './outstanding.ts'
import { parseOutputs, secretsIn, type PlatformOutputs } from './platform/outputs.ts'
import { platformFrom, type Identity } from './platform/platform.ts'
import { sweepRehearsals } from './probes/forsaken-rehearsals.ts'
import { leftOut } from './profiles.ts'
import type { Provided } from './provided.ts'
import { caseResults, notes } from './results.ts'
import { closeRunner, collectPlan, execute, openRunner, type Plan } from './runner.ts'
import type { PlannedCase } from './selection.ts'

export type { PlannedCase } from './selection.ts'
export { UnknownSelection } from './selection.ts'
export { OutputsError } from './platform/outputs.ts'

export interface SuiteRun {
  /** What `terraform output -json` printed, parsed. */
  outputs: unknown
  /** ULID of the run. */
  runId: string
  /** Ids of runs that are known to have been killed; what they left is removed first. */
  killed?: readonly string[]
  /** Path of the journal file; its folder must exist. It holds redacted JSON lines only. */
  journal: string
  profile: Provided['profile']
  only: readonly string[]
  skip: readonly string[]
  /** Cancels the run: the case that runs is stopped, what the run made is removed, and what was found so far is returned. */
  signal: AbortSignal
  linode: Provided['linode']
  /** Probes that stand ready and are left standing, for runs that follow each other quickly; without them the run starts its own. */
  fleet?: Provided['fleet']
  /** An HTTPS client that stands ready and is left standing, likewise. */
  client?: Provided['client']
  channel?: Provided['channel']
  operator?: NonNullable<Provided['operator']>
  dataStore?: Provided['dataStore']
  dataStoreForStrangers?: Provided['dataStoreForStrangers']
  outside?: Provided['outside']
  /** Compares the platform with the checkout; asked once, before the first case, and only by a run that has the case for it. */
  drift?: () => Promise<DriftReport>
  guides?: Provided['guides']
  people?: Provided['people']
  rehearsals?: Provided['rehearsals']
  attempts?: NonNullable<Provided['attempts']>
  drills?: NonNullable<Provided['drills']>
  stored?: NonNullable<Provided['stored']>
  /** Knows the secrets of this run; learns those in the outputs and the verifier's token. */
  redactor: Pick<Redactor, 'add' | 'known'>
  /** PEM certificates that are trusted beside the usual ones (the sandbox's own CA). */
  authorities?: string
  /** Hears of each case as it ends. */
  onCase?: (result: CaseResult) => void
}

export interface SuiteOutcome {
  plan: PlannedCase[]
  /** One record for every planned case, one for each that the profile leaves out, and one for each part of a requirement that no case proves yet. */
  cases: CaseResult[]
  footprint: Footprint
  timings: { phase: string, seconds: number }[]
  /** How many values were redacted in the worker. */
  redacted: number
}

/** Every selected case, each with its least profile: nothing is executed and no platform is needed. */
export async function planSuites(only: readonly string[] = [], skip: readonly string[] = []): Promise<PlannedCase[]> {
  const vitest = await openRunner()
  try {
    return (await collectPlan(vitest, { only, skip, profile: 'gameday' })).cases
  }
  finally {
    await closeRunner(vitest)
  }
}

/**
 * Runs the suites against the platform that the outputs describe. Rejects only before anything was done: with UnknownSelection for an
 * unknown --only or --skip, OutputsError for outputs that cannot be used, or an Error that names a case which does not load. From then on it resolves,
 * whatever happens: a planned case without a record was not run.
 */
export async function runSuites(run: SuiteRun): Promise<SuiteOutcome> {
  const clock = new Clock()
  for (const secret of secretsIn(run.outputs)) run.redactor.add(secret)
  for (const [environment, { password }] of Object.entries(run.dataStore ?? {})) run.redactor.add({ name: `data store password of ${environment}`, value: password })
  const outputs = parseOutputs(run.outputs)
  let problem: string | undefined
  const announced = new Announcer(run)
  const vitest = await openRunner({ profile: run.profile, onCase: (id) => announced.ended(id), onProblem: (text) => { problem ??= text } })
  let plan: Plan
  try {
    plan = await clock.time('plan', () => collectPlan(vitest, run))
  }
  catch (error) {
    await closeRunner(vitest)
    throw error
  }
  announced.planned(plan.cases)
  const identity = await clock.time('identity', () => identify(outputs, run))
  await clock.time('sweep', () => sweep(run, { outputs, identity }))
  try {
    const drift = await compared(plan, run, clock)
    await clock.time('cases', () => execute(vitest, plan, { ...providedTo(run, identity, plan), ...drift }, run.signal))
  }
  catch (error) {
    problem ??= sentenceOf(error)
  }
  await closeRunner(vitest)
  const footprint = await clock.time('cleanup', async () => cleanUp(run, { outputs, identity }))
  const journal = await readJournal(run.journal)
  const { timings, redacted } = notes(journal)
  const why = run.signal.aborted ? 'the run was cancelled' : problem ?? 'the runner ended without saying why'
  await announced.settle()
  return {
    plan: plan.cases,
    cases: [...caseResults(plan.cases, journal, why), ...plan.leftOut.map((one) => leftOut(one, run.profile)), ...outstandingCases(plan.requirements)],
    footprint,
    timings: [...clock.timings, ...timings],
    redacted,
  }
}

/** The verifier's token, once for the whole run. Without it the cases that need the cluster say why they could not observe. */
async function identify(outputs: PlatformOutputs, { redactor, signal }: SuiteRun): Promise<Identity> {
  try {
    const token = await verifierToken(outputs, signal)
    redactor.add({ name: 'verifier token', value: token })
    return { token }
  }
  catch (error) {
    return { missing: sentenceOf(error) }
  }
}

async function compared({ cases }: Plan, { drift, signal }: SuiteRun, clock: Clock): Promise<Pick<Provided, 'drift'>> {
  if (drift === undefined || signal.aborted || !cases.some(({ id }) => id === driftCase)) return {}
  return { drift: await clock.time('drift', drift).catch((error: unknown) => nothingCompared(sentenceOf(error))) }
}

function providedTo(run: SuiteRun, identity: Identity, { cases }: Plan): Provided {
  return {
    runId: run.runId, profile: run.profile, outputs: run.outputs, journal: run.journal, identity, authorities: run.authorities ?? '',
    secrets: run.redactor.known.map(({ name, value }) => ({ name, value })), linode: run.linode,
    dataStore: run.dataStore ?? {}, ...(run.channel === undefined ? {} : { channel: run.channel }),
    ...standingFor(run),
    ...(run.operator === undefined ? {} : { operator: run.operator }),
    ...(run.guides === undefined ? {} : { guides: run.guides }),
    rehearsals: run.rehearsals ?? {},
    ...offersIn(run),
    crossings: needsCrossings(cases.map(({ id }) => id)),
    ...serversOf(run),
    people: run.people ?? [],
  }
}

function offersIn({ attempts, drills, stored }: Pick<SuiteRun, 'attempts' | 'drills' | 'stored'>): Pick<Provided, 'attempts' | 'drills' | 'stored'> {
  return { ...(attempts === undefined ? {} : { attempts }), ...(drills === undefined ? {} : { drills }), ...(stored === undefined ? {} : { stored }) }
}

function standingFor({ fleet, client }: Pick<SuiteRun, 'fleet' | 'client'>): Pick<Provided, 'fleet' | 'client'> {
  return { ...(fleet === undefined ? {} : { fleet }), ...(client === undefined ? {} : { client }) }
}

const nothing: Footprint = { created: [], removed: [], leftovers: [], unverified: [] }

function serversOf({ dataStoreForStrangers, outside }: SuiteRun): Pick<Provided, 'dataStoreForStrangers' | 'outside'> {
  return { ...(dataStoreForStrangers === undefined ? {} : { dataStoreForStrangers }), ...(outside === undefined ? {} : { outside }) }
}

/** Not cancelled with the run: cleaning up is what a cancelled run still owes. */
async function cleanUp(run: SuiteRun, world: { outputs: PlatformOutputs, identity: Identity }): Promise<Footprint> {
  // Without an identity nothing can have been made.
  if ('missing' in world.identity) return nothing
  const { created } = notes(await readJournal(run.journal))
  const platform = platformFrom({ ...world, authorities: run.authorities ?? '' })
  const label = run.runId.toLowerCase()
  const identities = created.filter(isIdentities)
  const lent = identities.length === 0 ? nothing : await removeIdentities(run.attempts, label, identities)
  const own = created.filter((name) => !isIssued(name) && !isIdentities(name))
  const [made, issued] = await Promise.all([removeFootprint(platform, label, own), removeIssued(platform, label, { noted: created.filter(isIssued), operator: run.operator })])
  return joined(joined(made, issued), lent)
}

/** Removes what killed runs left behind: those that are known, and those too old to be at work. What cannot be removed is no reason not to judge: the next run tries again. */
async function sweep(run: SuiteRun, world: { outputs: PlatformOutputs, identity: Identity }): Promise<void> {
  if ('missing' in world.identity) return
  const platform = platformFrom({ ...world, authorities: run.authorities ?? '', signal: run.signal })
  const forsaken = await forsakenRuns(platform, Date.now()).catch(() => [])
  const known = (run.killed ?? []).map((runId) => runId.toLowerCase())
  for (const label of new Set([...known, ...forsaken])) {
    if (run.attempts !== undefined) await removeIdentities(run.attempts, label, [])
    await removeFootprint(platform, label, [])
    await removeIssued(platform, label, { noted: [], operator: run.operator })
  }
  await sweepRehearsals({ outputs: world.outputs, terraform: run.rehearsals?.terraform, authorities: run.authorities ?? '', killed: known }).catch(() => [])
}

class Clock {
  readonly timings: { phase: string, seconds: number }[] = []

  async time<T>(phase: string, work: () => Promise<T>): Promise<T> {
    const started = performance.now()
    try {
      return await work()
    }
    finally {
      this.timings.push({ phase, seconds: (performance.now() - started) / 1000 })
    }
  }
}

/** Tells the command about cases as they end, in order, from what the journal says about them. */
class Announcer {
  private plan: readonly PlannedCase[] = []
  private readonly run: SuiteRun
  private last: Promise<void> = Promise.resolve()

  constructor(run: SuiteRun) {
    this.run = run
  }

  planned(plan: readonly PlannedCase[]): void {
    this.plan = plan
  }

  ended(id: string): void {
    const { onCase, journal } = this.run
    if (onCase === undefined) return
    this.last = this.last.then(async () => {
      const planned = this.plan.filter((one) => one.id === id)
      for (const result of caseResults(planned, await readJournal(journal), 'the case left no record')) onCase(result)
    })
  }

  async settle(): Promise<void> {
    await this.last
  }
}
