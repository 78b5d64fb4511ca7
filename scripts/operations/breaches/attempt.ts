import { setTimeout as delay } from 'node:timers/promises'
import type { Breach } from '../../../fixtures/breaches/breach.ts'
import type { Report } from '../../../fixtures/sandbox/progress.ts'
import { sentenceOf } from '../../console/failure.ts'
import { differences, platformDigest } from '../platform-digest/digest.ts'
import type { PlatformDigest } from '../platform-digest/digest.ts'
import { judge } from './judge.ts'
import type { Judgement } from './judge.ts'
import { look } from './look.ts'
import type { Probes } from './probes.ts'
import type { Scope } from './scope.ts'
import { openWorld } from './world.ts'
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

/** What is known when a breach is tried. */
export interface Trial {
  report: Report
  signal: AbortSignal
  scope: Scope
  /** Requirements of which the scope leaves out a case. */
  leftOut: ReadonlySet<string>
  /** The sound platform, which it has to be again afterwards. */
  sound: PlatformDigest
  /** Probes that stand ready, for a look at the traffic. */
  standing: Probes | undefined
}

/** How long the platform may take to be what it was, after everything was put back. Milliseconds. */
const restorationBudget = 60_000
const lookAgainAfter = 1000

/** One breach on a platform that is known to be sound. */
export async function tryBreach(breach: Breach, trial: Trial): Promise<BreachResult> {
  const { report } = trial
  const startedAt = performance.now()
  report({ phase: `breach ${breach.id}`, state: 'started', message: breach.title })
  const open = await openWorld(breach.id)
  const judgement = await attempt(breach, open, trial)
  const faults = await undo(breach, open, trial.sound)
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
  const held = result.caught && result.restored
  report({ phase: `breach ${breach.id}`, state: held ? 'finished' : 'failed', message: held ? `caught by ${breach.case}` : result.reason })
  return result
}

async function attempt(breach: Breach, { world, quiet, guides }: OpenWorld, { signal, scope, leftOut, standing }: Trial): Promise<Judgement> {
  try {
    await breach.apply(world)
    const judgement = judge(breach, await look(scope, { signal, standing, guides: guides() }), leftOut)
    const problem = await quiet()
    return problem === undefined ? judgement : { ...judgement, caught: false, missed: [...judgement.missed, `what went on meanwhile failed: ${problem}`] }
  } catch (error) {
    return { caught: false, by: null, reason: '', missed: [`the breach could not be tried: ${sentenceOf(error)}`] }
  } finally {
    await quiet()
  }
}

/** Puts everything back and waits until the platform is what it was. Resolves with what is still different. */
async function undo(breach: Breach, { world, close }: OpenWorld, sound: PlatformDigest): Promise<string[]> {
  try {
    await breach.restore(world)
  } catch (error) {
    return [`it could not be put back: ${sentenceOf(error)}; run \`npx plumbline breach run\` again, or \`npx plumbline down\` and \`npm start\``]
  }
  const left = await stillDifferent(world, sound)
  // What is remembered goes away only when it is not needed any more.
  if (left.length === 0) await close()
  return left.map((one) => `after restoration ${one}`)
}

/** Has the pipeline make the platform what its file says, for a breach that was not put back; resolves with whether it is what it was. */
export async function mended(id: string, sound: PlatformDigest, report: Report): Promise<boolean> {
  report({ phase: `mend ${id}`, state: 'started', message: 'it was not put back, so the pipeline runs' })
  const { world, close } = await openWorld(id)
  const left = await world.provision().then(() => stillDifferent(world, sound), (error: unknown) => [sentenceOf(error)])
  if (left.length === 0) await close()
  report({ phase: `mend ${id}`, state: left.length === 0 ? 'finished' : 'failed', message: left.join('; ') || 'the platform is what it was' })
  return left.length === 0
}

/** What is different from the sound platform, and stays so for a minute. */
async function stillDifferent(world: OpenWorld['world'], sound: PlatformDigest): Promise<string[]> {
  const end = performance.now() + restorationBudget
  let left = differences(sound, await platformDigest(world))
  while (left.length > 0 && performance.now() < end) {
    await delay(lookAgainAfter)
    left = differences(sound, await platformDigest(world))
  }
  return left
}
