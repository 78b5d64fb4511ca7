import { createHash } from 'node:crypto'
import { digestDifferences, drillLogVersion, type DrillDigests, type DrillLog, type DrillUndone, type DrillWatch } from '../../../reports/model/drill.ts'
import { commonAborts, type DrillFacts } from '../../intent/drills.ts'
import { budgets } from '../budgets.ts'
import { converge } from '../converge.ts'
import type { EvidenceRecorder } from '../evidence.ts'
import type { RunRecord } from '../footprint.ts'
import { guidesOn, surroundingsOf, type GuidesAccess, type GuidesOptions } from '../guides/guides.ts'
import { IndeterminateError, sentenceOf } from '../indeterminate.ts'
import type { Platform } from '../platform/platform.ts'
import { renewClient } from '../probes/https-client.ts'
import type { Traffic } from '../probes/traffic.ts'
import { actingIn } from './acting.ts'
import { sorted, takeDigests } from './digests.ts'
import type { Drill, Drills, WatchTerms } from './drill.ts'
import { beginJournal, type OpenJournal, type UndoEntry } from './journal.ts'
import { faultsOfDrill } from './judge.ts'
import { offeredDrills, type DrillsOffer } from './offer.ts'
import { nobodyElse, steadyState, unreachable, wholeFleet } from './steady.ts'
import { StepLog } from './steps.ts'
import { undoAll } from './undo.ts'
import { startWatch, type Watch, type WatchWorld } from './watch.ts'

/** The run and the platform, as holding a drill needs them. */
export interface DrillsWorld {
  offer: DrillsOffer | undefined
  access: GuidesAccess | undefined
  platform: Platform
  traffic: Traffic
  redactor: GuidesOptions['redactor']
  signal: AbortSignal
  evidence: EvidenceRecorder
  run: RunRecord & { label: string, id: string }
}

/** What a drill needs, found to be there. */
interface Given extends Omit<DrillsWorld, 'offer' | 'access'>, WatchTerms { offer: DrillsOffer, access: GuidesAccess }

/** Nothing happens before `run` is called. */
export function drillsOn(world: DrillsWorld): Drills {
  return {
    open: () => offeredDrills(world.offer).open,
    run: async (facts, act, terms = {}) => await hold({ ...given(world), ...terms }, facts, act),
  }
}

function given({ offer, access, ...world }: DrillsWorld): Given {
  if (access === undefined) throw new IndeterminateError('expected to be told where the guides are and what an operator works with, but this run was not; run the suites with "plumbline drill" or "plumbline conform"')
  return { ...world, offer: offeredDrills(offer), access }
}

async function hold(world: Given, facts: DrillFacts, act: (drill: Drill) => Promise<void>): Promise<DrillLog> {
  const { offer, run } = world
  if (!facts.targets.includes(offer.target)) throw new IndeterminateError(`expected ${facts.name} to be tried on ${facts.targets.join(' or ')}, since it asks for faults that ${offer.target} does not have; run it there`)
  await nobodyElse(offer.folder, facts.name)
  const startedAt = new Date().toISOString()
  const journal = await beginJournal(offer.folder, { runId: run.id, drill: facts.name, target: offer.target, process: offer.process, startedAt, renews: [...facts.renews ?? []] })
  const begun = await begin(world, facts, journal).catch(async (error: unknown) => {
    // Nothing was touched, so there is nothing to be put back.
    await journal.close()
    throw error
  })
  const held = await acted(world, facts, { act, journal, ...begun })
  const log = logOf(held, { facts, startedAt, before: begun.before, sha256: begun.sha256, offer })
  world.evidence.drill(log)
  if (log.restored) await journal.close()
  run.took(`drill ${facts.name}`, (Date.parse(log.finishedAt) - Date.parse(startedAt)) / 1000)
  if (held.failure !== undefined && faultsOfDrill(log).length === 0 && log.aborted === null) throw held.failure
  return log
}

interface Begun { watching: WatchWorld, before: DrillDigests, sha256: string }

async function begin({ platform, traffic, run, offer, redactor, access, signal, notOn }: Given, facts: DrillFacts, journal: OpenJournal): Promise<Begun> {
  // Of a drill before this one: probes and the client live half an hour, and a node may have gone with some of them.
  await renewClient({ platform, run }, notOn)
  const watching = { platform, run, fleet: await wholeFleet(traffic.mend(notOn), facts.name) }
  await steadyState(watching, facts.name)
  const before = await takeDigests(offer)
  await journal.took(before)
  const text = await guidesOn({ access, redactor, signal }).text(facts.runbook.file)
  return { watching, before, sha256: createHash('sha256').update(text).digest('hex') }
}

interface Held {
  log: StepLog
  failure: Error | undefined
  aborted: string | null
  undone: DrillUndone[]
  watch: DrillWatch
  after: DrillDigests | null
  differences: string[]
  renewed: string[]
  down: string[]
}

interface Acting extends Begun { act: (drill: Drill) => Promise<void>, journal: OpenJournal }

async function acted(world: Given, facts: DrillFacts, { act, journal, watching, before }: Acting): Promise<Held> {
  const watch = startWatch(watching, facts)
  const ends = AbortSignal.any([world.signal, watch.ends])
  const log = new StepLog(ends)
  const promised: UndoEntry[] = []
  const promise = async (undo: UndoEntry): Promise<void> => {
    promised.push(undo)
    await journal.promise(undo)
  }
  const failure = await act(actingIn({ ...world, ends, log, promise }, facts)).then(() => undefined, (error: unknown) => error instanceof Error ? error : new Error(sentenceOf(error)))
  const aborted = abortedBy(watch, world.signal)
  const undone = await undoAll(promised, surroundingsOf(world.access))
  const left = await settled(world, before, facts)
  return { log, failure, aborted, undone, watch: await watch.stop(), ...left }
}

function abortedBy(watch: Watch, signal: AbortSignal): string | null {
  if (watch.ends.aborted) return sentenceOf(watch.ends.reason)
  return signal.aborted ? 'the run was cancelled, or its time was used up' : null
}

type Left = Pick<Held, 'after' | 'differences' | 'renewed' | 'down'>

/** Waits until every environment answers and all is as it was, and resolves with what is not. */
async function settled({ platform, run, offer }: Given, before: DrillDigests, { renews }: DrillFacts): Promise<Left> {
  const look = async (): Promise<Left> => {
    const [after, down] = await Promise.all([
      takeDigests(offer).catch(() => null),
      unreachable({ platform, run }).catch((error: unknown) => [sentenceOf(error)]),
    ])
    const { left, renewed } = sorted(after === null ? [] : digestDifferences(before, after), renews)
    return { after, differences: left, renewed, down }
  }
  const { value } = await converge(look, budgets.drillRestored, { consecutive: 1, every: 10_000, until: ({ after, differences, down }) => after !== null && differences.length + down.length === 0 })
  return value
}

interface Circumstances { facts: DrillFacts, startedAt: string, before: DrillDigests, sha256: string, offer: DrillsOffer }

function logOf({ log, aborted, undone, watch, after, differences, renewed, down }: Held, { facts, startedAt, before, sha256, offer }: Circumstances): DrillLog {
  const { file, heading } = facts.runbook
  return {
    version: drillLogVersion, drill: facts.name, title: facts.title, target: offer.target, startedAt, finishedAt: new Date().toISOString(),
    operator: offer.operator, witness: offer.witness,
    runbook: { file: `docs/${file}`, ...(heading === undefined ? {} : { heading }), sha256 },
    touches: [...facts.touches], aborts: [...commonAborts, ...facts.aborts],
    time: { atMost: facts.seconds ?? null, taken: log.taken },
    steps: log.steps, watch, aborted, observations: log.observations, undone, before, after, differences, renewed,
    restored: after !== null && differences.length === 0 && down.length === 0 && undone.every(({ outcome }) => outcome === 'done'),
  }
}
