import type { DrillLog, DrillStep } from '../../../reports/model/drill.ts'
import { IndeterminateError, sentenceOf } from '../indeterminate.ts'
import { undecidedIn, type FollowedStep } from '../guides/follow.ts'
import type { StepTerms } from './drill.ts'

/** A step of the drill did not do what it is for. The log says so already. */
export class StepFailed extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'StepFailed'
  }
}

type Observation = DrillLog['observations'][number]

/** The steps of a drill as they come, each on the clock. */
export class StepLog {
  readonly steps: DrillStep[] = []
  readonly observations: Observation[] = []
  private readonly ends: AbortSignal

  /** `ends` is aborted when the drill has to end: a step that is under way is then cut off. */
  constructor(ends: AbortSignal) {
    this.ends = ends
  }

  /** Work as a step. Rejects with what the work rejects with, and with why the drill ends when it has to. */
  async timed<T>(title: string, terms: StepTerms, work: () => Promise<T>, command?: string): Promise<T> {
    const startedAt = new Date()
    const started = performance.now()
    const done = (outcome: DrillStep['outcome'], why?: string): void => {
      this.steps.push(stepOf(title, terms, { ...(command === undefined ? {} : { command }), startedAt: startedAt.toISOString(), seconds: (performance.now() - started) / 1000, outcome, ...(why === undefined ? {} : { why }) }))
    }
    try {
      this.ends.throwIfAborted()
      const result = await untilAborted(work(), this.ends)
      done('done')
      return result
    }
    catch (error) {
      done(this.ends.aborted || error instanceof IndeterminateError ? 'cut off' : 'failed', sentenceOf(error))
      throw error
    }
  }

  /** A command of a guide, as it was followed. `atMost` is of all of them together, so none of them has one. */
  followed(step: FollowedStep, { counts = true }: StepTerms, startedAt?: Date): void {
    const { heading, command, outcome, seconds = 0, why } = step
    if (outcome === 'not executed' || outcome === 'not for this reader') return
    const first = command.split('\n').find((line) => line.trim() !== '')?.trim() ?? ''
    this.steps.push({
      title: `${heading}: ${first}`, command, seconds, counts, outcome: undecidedIn({ steps: [step] }).length > 0 ? 'cut off' : outcomes[outcome],
      ...(startedAt === undefined ? {} : { startedAt: startedAt.toISOString() }), ...(why === undefined ? {} : { why }),
    })
  }

  observe(title: string, data: unknown): void {
    this.observations.push({ title, at: new Date().toISOString(), data: json(data) })
  }

  /** Seconds that the way back took: of the steps that count, one after the other. */
  get taken(): number {
    return this.steps.filter(({ counts }) => counts).reduce((sum, { seconds }) => sum + seconds, 0)
  }
}

const outcomes: Readonly<Record<Exclude<FollowedStep['outcome'], 'not executed' | 'not for this reader'>, DrillStep['outcome']>> = {
  'as written': 'done', 'otherwise': 'failed', 'cut off': 'cut off', 'not reached': 'not reached',
}

function stepOf(title: string, { atMost, counts = true }: StepTerms, ended: Omit<DrillStep, 'title' | 'atMost' | 'counts'>): DrillStep {
  const late = atMost !== undefined && ended.seconds > atMost && ended.outcome === 'done'
  return {
    title, counts, ...ended, ...(atMost === undefined ? {} : { atMost }),
    ...(late ? { outcome: 'late', why: `it took ${ended.seconds.toFixed(1)} s` } : {}),
  }
}

async function untilAborted<T>(work: Promise<T>, ends: AbortSignal): Promise<T> {
  const ended = new Promise<never>((_, reject) => ends.addEventListener('abort', () => reject(asError(ends.reason)), { once: true }))
  ended.catch(() => {})
  return await Promise.race([work, ended])
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(sentenceOf(reason))
}

type Json = Observation['data']

function json(value: unknown): Json {
  const text = JSON.stringify(value ?? null)
  return JSON.parse(text) as Json
}
