import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Breach } from '../../../fixtures/breaches/breach.ts'
import { paths } from '../../../fixtures/sandbox/paths.ts'
import type { Report } from '../../../fixtures/sandbox/progress.ts'
import { silent } from '../../../fixtures/sandbox/progress.ts'
import { exitCodes } from '../../../reports/model/verdict.ts'
import type { Results } from '../../../reports/model/results.ts'
import { CommandFailure, sentenceOf } from '../../console/failure.ts'
import { conform } from '../conformance/conform.ts'
import { differences, platformDigest } from './digest.ts'
import type { PlatformDigest } from './digest.ts'
import { judge } from './judge.ts'
import type { Judgement } from './judge.ts'
import { breachesFolder, openWorld } from './world.ts'
import type { OpenWorld } from './world.ts'

export interface BreachResult {
  id: string
  requirement: string
  caught: boolean
  /** The case that noticed, or null. */
  by: string | null
  restored: boolean
  title: string
  /** What the case said, or why the breach does not count as caught and restored. */
  reason: string
  seconds: number
}

interface Options {
  report: Report
  signal: AbortSignal
  onResult?: (result: BreachResult) => void
}

/** How long the platform may take to be what it was, after everything was put back. Milliseconds. */
const restorationBudget = 60_000
const lookAgainAfter = 1000

/** Breaches are judged by evidence of their own, beside and never among the runs that say how the platform is. */
const reports = join(paths.work, 'breach-reports')

/**
 * Breaks the platform in each way, lets a full run look at it, and puts it back. Rejects (exit code 3) when the platform is not sound to
 * begin with: then nothing could be concluded. What an earlier, killed run of breaches left is undone first.
 */
export async function runBreaches(breaches: readonly Breach[], all: readonly Breach[], options: Options): Promise<BreachResult[]> {
  await undoLeft(all, options.report)
  await refuseUnsound(options)
  const results: BreachResult[] = []
  for (const breach of breaches) {
    options.signal.throwIfAborted()
    const result = await runBreach(breach, options)
    results.push(result)
    options.onResult?.(result)
    if (!result.restored) break
  }
  options.signal.throwIfAborted()
  return results
}

async function look(signal: AbortSignal): Promise<Results> {
  const { results } = await conform({ target: 'sandbox', profile: 'nightly', only: [], skip: [], report: silent, signal, reports })
  return results
}

async function refuseUnsound({ report, signal }: Options): Promise<void> {
  report({ phase: 'breach none', state: 'started', message: 'a run on the sound platform' })
  const { requirements } = await look(signal)
  signal.throwIfAborted()
  const wrong = requirements.filter(({ verdict }) => verdict === 'violated' || verdict === 'indeterminate')
  if (wrong.length === 0) {
    report({ phase: 'breach none', state: 'finished', message: 'the platform is sound to begin with' })
    return
  }
  report({ phase: 'breach none', state: 'failed' })
  const named = wrong.map(({ id, verdict }) => `${id} ${verdict}`).join(', ')
  throw new CommandFailure(`The platform was expected to be sound before it is broken on purpose, but ${named}; see \`npx plumbline conform\`, mend that and run again.`, exitCodes.indeterminate)
}

/** One breach on a platform that is known to be sound. */
export async function runBreach(breach: Breach, { report, signal }: Options): Promise<BreachResult> {
  const startedAt = performance.now()
  report({ phase: `breach ${breach.id}`, state: 'started', message: breach.title })
  const open = await openWorld(breach.id)
  const before = await platformDigest(open.world)
  const judgement = await attempt(breach, open, signal)
  const faults = await undo(breach, open, before)
  const result = {
    id: breach.id,
    requirement: breach.requirement,
    caught: judgement.caught,
    by: judgement.by,
    restored: faults.length === 0,
    title: breach.title,
    reason: [...judgement.missed, ...faults].join('; ') || judgement.reason,
    seconds: Math.round((performance.now() - startedAt) / 100) / 10,
  }
  report({ phase: `breach ${breach.id}`, state: result.caught && result.restored ? 'finished' : 'failed', message: result.caught ? `caught by ${breach.case}` : result.reason })
  return result
}

async function attempt(breach: Breach, { world, quiet }: OpenWorld, signal: AbortSignal): Promise<Judgement> {
  try {
    await breach.apply(world)
    const judgement = judge(breach, await look(signal))
    const problem = await quiet()
    return problem === undefined ? judgement : { ...judgement, caught: false, missed: [...judgement.missed, `what went on meanwhile failed: ${problem}`] }
  } catch (error) {
    return { caught: false, by: null, reason: '', missed: [`the breach could not be tried: ${sentenceOf(error)}`] }
  } finally {
    await quiet()
  }
}

/** Puts everything back and waits until the platform is what it was. Resolves with what is still different. */
async function undo(breach: Breach, { world, close }: OpenWorld, before: PlatformDigest): Promise<string[]> {
  try {
    await breach.restore(world)
  } catch (error) {
    return [`it could not be put back: ${sentenceOf(error)}; run \`npx plumbline breach run\` again, or \`npx plumbline down\` and \`npm start\``]
  }
  const end = performance.now() + restorationBudget
  let left = differences(before, await platformDigest(world))
  while (left.length > 0 && performance.now() < end) {
    await delay(lookAgainAfter)
    left = differences(before, await platformDigest(world))
  }
  // What is remembered goes away only when it is not needed any more.
  if (left.length === 0) await close()
  return left.map((one) => `after restoration ${one}`)
}

/** Undoes what a killed run of breaches left. */
async function undoLeft(all: readonly Breach[], report: Report): Promise<void> {
  const left: string[] = await readdir(breachesFolder).catch(() => [])
  for (const breach of all.filter(({ id }) => left.includes(id))) {
    report({ phase: `restore ${breach.id}`, state: 'started', message: 'left by a run that was killed' })
    const { world, close } = await openWorld(breach.id)
    await breach.restore(world)
    await close()
    report({ phase: `restore ${breach.id}`, state: 'finished' })
  }
}
