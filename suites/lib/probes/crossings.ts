import { environmentNames } from '../../intent/environments.ts'
import { environmentThresholds, type EnvironmentThreshold } from '../../intent/thresholds.ts'
import { messageAbout, type AlertStory } from '../alert-story.ts'
import { budgets } from '../budgets.ts'
import { converge } from '../converge.ts'
import { sentenceOf } from '../indeterminate.ts'
import { alertsOn, type ActiveAlert } from '../platform/alerts.ts'
import { channelOn, type ChannelMessage } from '../platform/channel.ts'
import { prometheusOn } from '../platform/prometheus.ts'
import { badRequests, type BadRequests } from './front-door.ts'
import type { ClientWorld } from './https-client.ts'
import { agnhost, startWorkload, stopWorkload, workloadState, type Workload, type WorkloadPlace } from './workload.ts'

/** All thresholds of all environments crossed on purpose at the same time, and what the platform made of it. */
export interface CrossingsPass {
  stories: readonly AlertStory[]
  /** Milliseconds since 1970. */
  started: number
  stopped: number
  ended: number
}

export type CrossingsPlace = WorkloadPlace & ClientWorld

/** The pass as cases see it: the first that needs it makes it, the others share it, and its failure is theirs too. */
export interface Crossings {
  pass: () => Promise<CrossingsPass>
  /** Begins the pass, so that other cases run while it waits. */
  begin: () => void
  /** Resolves when no pass is under way, at once when none was begun. For cases that look at what it disturbs. */
  over: () => Promise<void>
}

export function crossingsOn(place: CrossingsPlace): Crossings {
  let made: Promise<CrossingsPass> | undefined
  const pass = (): Promise<CrossingsPass> => {
    made ??= makePass(place)
    return made
  }
  const over = async (): Promise<void> => {
    // Its failure is for the cases that need it.
    await made?.catch(() => undefined)
  }
  return {
    pass,
    over,
    begin: () => {
      void pass()
      void over()
    },
  }
}

/**
 * In each environment: one pod that uses all of its CPU limit and one that fills its memory limit to 94 %. Neither ever becomes ready. The
 * memory that the program has beside what it is told to take was measured: 6 MB.
 */
const workloads: readonly Workload[] = environmentNames.flatMap((environment): Workload[] => [
  { environment, purpose: 'burn', image: agnhost, args: ['stress', '--cpus', '1'], limits: { cpu: '50m', memory: '96Mi' }, unready: true },
  { environment, purpose: 'fill', image: agnhost, args: ['stress', '--mem-total', '113Mi', '--mem-alloc-size', '1Mi', '--mem-alloc-sleep', '5ms'], limits: { cpu: '200m', memory: '128Mi' }, unready: true },
])

/** How often channel and Alertmanager are looked at, milliseconds. */
const every = 2000

async function makePass(place: CrossingsPlace): Promise<CrossingsPass> {
  const { platform } = place
  const [channel, alerts] = [channelOn(platform), alertsOn(platform)]
  const before = await alerts.active()
  const there = await measured(place)
  const started = Date.now()
  const watched = new Watch(before, there)
  const look = async (): Promise<void> => { watched.saw(await channel.messages(new Date(started)), await alerts.active(), Date.now()) }
  // Both must answer before anything is disturbed.
  await look()
  let load: BadRequests | undefined
  const hindrances = new Map<string, string>()
  try {
    load = badRequests(place)
    await Promise.all(workloads.map((workload) => startWorkload(place, workload)))
    await converge(async () => { await look(); return watched.missing('fired') }, budgets.alertArrives, { consecutive: 1, every, until: (left) => left === 0 })
    await noteHindrances(place, load, hindrances)
  }
  finally {
    await Promise.all([load?.stop(), ...workloads.map((workload) => stopWorkload(place, workload))])
  }
  const stopped = Date.now()
  await converge(async () => { await look(); return watched.missing('resolved') }, budgets.alertResolves, { consecutive: 1, every, until: (left) => left === 0 })
  const measures = await measuresOver(place, started)
  const ended = Date.now()
  place.run.took('alert thresholds crossed and returned, beside other cases', (ended - started) / 1000)
  return { started, stopped, ended, stories: watched.stories.map((story) => ({ ...story, measure: measures.get(keyOf(story.threshold)) ?? [], hindrance: hindrances.get(keyOf(story.threshold)) })) }
}

function keyOf({ alert, environment }: Pick<EnvironmentThreshold, 'alert' | 'environment'>): string {
  return `${alert} ${environment}`
}

/** Selects them all; joined with `or` they would hide each other, having the same labels. */
const everyMeasure = `{__name__=~"${[...new Set(environmentThresholds.map(({ measure }) => measure))].join('|')}"}`

/** Thresholds whose measure is there at all, once all are or enough time has passed: for the others waiting would be in vain. */
async function measured({ platform }: WorkloadPlace): Promise<Set<string>> {
  const prometheus = prometheusOn(platform)
  const look = async (): Promise<Set<string>> => {
    const found = await prometheus.query(everyMeasure)
    const there = new Set(found.map(({ labels }) => `${labels['__name__'] ?? ''} ${labels['environment'] ?? ''}`))
    return new Set(environmentThresholds.filter(({ measure, environment }) => there.has(`${measure} ${environment}`)).map(keyOf))
  }
  return (await converge(look, budgets.panelsFilled, { consecutive: 1, every, until: ({ size }) => size === environmentThresholds.length })).value
}

/** What is known about each story so far. */
class Watch {
  readonly stories: (Omit<AlertStory, 'measure' | 'hindrance'>)[]
  private readonly measured: ReadonlySet<string>

  constructor(before: readonly ActiveAlert[], measured: ReadonlySet<string>) {
    this.measured = measured
    this.stories = environmentThresholds.map((threshold) => ({ threshold, before: before.some((one) => isAbout(one, threshold)), active: undefined, fired: undefined, resolved: undefined }))
  }

  saw(messages: readonly ChannelMessage[], active: readonly ActiveAlert[], at: number): void {
    for (const story of this.stories) {
      if (active.some((one) => isAbout(one, story.threshold))) story.active ??= at
      story.fired ??= messageAbout(messages, story.threshold, 'firing')
      const { fired } = story
      // An end before the beginning is of an earlier one.
      if (fired !== undefined) story.resolved ??= messageAbout(messages.filter((message) => message.at >= fired.at), story.threshold, 'resolved')
    }
  }

  /** How many messages may still come. */
  missing(what: 'fired' | 'resolved'): number {
    if (what === 'resolved') return this.stories.filter(({ fired, resolved }) => fired !== undefined && resolved === undefined).length
    return this.stories.filter(({ threshold, before, fired }) => !before && fired === undefined && this.measured.has(keyOf(threshold))).length
  }
}

function isAbout({ name, labels }: ActiveAlert, { alert, environment }: EnvironmentThreshold): boolean {
  return name === alert && labels['environment'] === environment
}

/** What kept a threshold from being crossed, as far as it can be seen before everything is taken away. */
async function noteHindrances(place: WorkloadPlace, load: BadRequests, hindrances: Map<string, string>): Promise<void> {
  await Promise.all(workloads.map(async (workload) => {
    const state = await workloadState(place, workload).catch(sentenceOf)
    if (state !== 'running') hindrances.set(keyOf({ alert: workload.purpose === 'burn' ? 'EnvironmentCpuHigh' : 'EnvironmentMemoryHigh', environment: workload.environment as EnvironmentThreshold['environment'] }), state)
  }))
  const problem = load.problem()
  if (problem === undefined) return
  for (const environment of environmentNames) for (const alert of ['EnvironmentRequestsFailing', 'EnvironmentIngressSlow'] as const) hindrances.set(keyOf({ alert, environment }), problem)
}

async function measuresOver({ platform }: WorkloadPlace, started: number): Promise<Map<string, [number, number][]>> {
  const prometheus = prometheusOn(platform)
  const series = await prometheus.range(everyMeasure, { from: new Date(started), to: new Date(), stepSeconds: 5 })
  return new Map(environmentThresholds.map((threshold) => {
    const own = series.find(({ labels }) => labels['__name__'] === threshold.measure && labels['environment'] === threshold.environment)
    return [keyOf(threshold), (own?.points ?? []).filter(([, value]) => Number.isFinite(value)).map(([at, value]): [number, number] => [at * 1000, value])]
  }))
}
