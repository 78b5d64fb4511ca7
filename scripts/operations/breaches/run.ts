import { readdir } from 'node:fs/promises'
import type { Breach } from '../../../fixtures/breaches/breach.ts'
import type { Report } from '../../../fixtures/sandbox/progress.ts'
import { exitCodes } from '../../../reports/model/verdict.ts'
import { planSuites } from '../../../suites/lib/run.ts'
import type { Profile } from '../../../suites/lib/profiles.ts'
import { CommandFailure } from '../../console/failure.ts'
import { mended, tryBreach } from './attempt.ts'
import type { BreachResult } from './attempt.ts'
import type { PlatformDigest } from '../platform-digest/digest.ts'
import { look } from './look.ts'
import { SharedProbes } from './probes.ts'
import { leftOutOf, needsProbes, scopeOf, union } from './scope.ts'
import type { Scope } from './scope.ts'
import { knownSound, rememberSound } from './sound.ts'
import { breachesFolder, currentDigest, openWorld } from './world.ts'

export type { BreachResult } from './attempt.ts'

interface Options {
  report: Report
  /** Cases of a later profile look only at breaches that are theirs to notice; nightly unless said. */
  least?: Profile
  signal: AbortSignal
  onResult?: (result: BreachResult) => void
}

/**
 * Breaks the platform in each way, lets the cases that share a requirement with the breach look at it, and puts it back. A breach of which a
 * case is not satisfied before anything is broken is not tried, and so not caught: nothing could be concluded from it. Rejects (exit code 3) when
 * that is so of each. Goes on behind one that was not put back only when the pipeline makes the platform what it was. What an earlier, killed run of breaches left is undone first.
 */
export async function runBreaches(breaches: readonly Breach[], all: readonly Breach[], options: Options): Promise<BreachResult[]> {
  const { report, signal } = options
  await undoLeft(all, report)
  const cases = await planSuites()
  const scoped = freshFirst(breaches).map((breach) => ({ breach, scope: scopeOf(breach, cases, options.least) }))
  const { unsound, sound } = await lookBefore(union(scoped.map(({ scope }) => scope)), options)
  const blocked = ({ cases: looking }: Scope): string | undefined => looking.map((id) => unsound.get(id)).find((why) => why !== undefined)
  refuseWhenNothingIsLeft(scoped.map(({ scope }) => blocked(scope)))
  const probes = new SharedProbes()
  try {
    const results: BreachResult[] = []
    for (const { breach, scope } of scoped) {
      signal.throwIfAborted()
      const why = blocked(scope)
      const tried = async (): Promise<BreachResult> => {
        const standing = breach.freshProbes === true ? undefined : await (needsProbes(scope) ? probes.ready(signal) : probes.whole())
        return await tryBreach(breach, { report, signal, scope, leftOut: leftOutOf(scope, cases), sound, standing })
      }
      const result = why === undefined ? await tried() : notTried(breach, why, report)
      results.push(result)
      options.onResult?.(result)
      if (!result.restored && !await mended(breach.id, sound, report)) break
    }
    signal.throwIfAborted()
    return results
  } finally {
    await probes.drop()
  }
}

/** Breaches that only new probes see come first, before there are shared ones that they could spoil. */
function freshFirst(breaches: readonly Breach[]): Breach[] {
  return [...breaches.filter(({ freshProbes }) => freshProbes === true), ...breaches.filter(({ freshProbes }) => freshProbes !== true)]
}

/** Cases that are not satisfied before anything is broken, and what is said of each; and what the platform then is, and has to be again after each breach. Those that were a short while ago, on a platform of which nothing is different since, are not asked again. */
async function lookBefore(scope: Scope, { report, signal }: Options): Promise<{ unsound: ReadonlyMap<string, string>, sound: PlatformDigest }> {
  const known = await knownSound(await currentDigest())
  const asked = scope.cases.filter((id) => !known.has(id))
  report({ phase: 'breach none', state: 'started', message: `the sound platform, by the ${String(asked.length)} cases that will be used${asked.length < scope.cases.length ? `; ${String(scope.cases.length - asked.length)} more were satisfied on it within two hours` : ''}` })
  const { cases } = asked.length === 0 ? { cases: [] } : await look({ ...scope, cases: asked }, { signal })
  signal.throwIfAborted()
  const sound = await currentDigest()
  await rememberSound(sound, { cases: cases.flatMap(({ id, verdict }) => (verdict === 'satisfied' ? [id] : [])), before: known })
  const wrong = cases.filter(({ id, verdict }) => scope.cases.includes(id) && (verdict === 'violated' || verdict === 'indeterminate'))
  report({ phase: 'breach none', state: wrong.length === 0 ? 'finished' : 'failed', message: wrong.length === 0 ? 'the platform is sound to begin with' : wrong.map(({ id, verdict }) => `${id} is ${verdict}`).join(', ') })
  return { sound, unsound: new Map(wrong.map(({ id, verdict, reason }) => [id, `${id} was ${verdict} before anything was broken (${reason ?? 'without a reason'})`])) }
}

function refuseWhenNothingIsLeft(reasons: readonly (string | undefined)[]): void {
  if (reasons.length === 0 || reasons.includes(undefined)) return
  throw new CommandFailure(`The platform was expected to be sound before it is broken on purpose, but ${[...new Set(reasons)].join('; ')}; see \`npx plumbline conform\`, mend that and run again.`, exitCodes.indeterminate)
}

function notTried({ id, requirement, title }: Breach, why: string, report: Report): BreachResult {
  const reason = `not tried: ${why}`
  report({ phase: `breach ${id}`, state: 'failed', message: reason })
  return { id, requirement, title, caught: false, by: null, restored: true, reason, seconds: 0 }
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
