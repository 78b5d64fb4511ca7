import { readdir } from 'node:fs/promises'
import type { Breach } from '../../../fixtures/breaches/breach.ts'
import type { Report } from '../../../fixtures/sandbox/progress.ts'
import { exitCodes } from '../../../reports/model/verdict.ts'
import { planSuites } from '../../../suites/lib/run.ts'
import type { Profile } from '../../../suites/lib/profiles.ts'
import { CommandFailure } from '../../console/failure.ts'
import { tryBreach } from './attempt.ts'
import type { BreachResult } from './attempt.ts'
import { platformDigest } from '../platform-digest/digest.ts'
import { look } from './look.ts'
import { SharedProbes } from './probes.ts'
import { leftOutOf, needsProbes, scopeOf, union } from './scope.ts'
import type { Scope } from './scope.ts'
import { breachesFolder, openWorld } from './world.ts'

export type { BreachResult } from './attempt.ts'

interface Options {
  report: Report
  /** Cases of a later profile look only at breaches that are theirs to notice; nightly unless said. */
  least?: Profile
  signal: AbortSignal
  onResult?: (result: BreachResult) => void
}

/**
 * Breaks the platform in each way, lets the cases that share a requirement with the breach look at it, and puts it back. Rejects (exit code
 * 3) when the platform is not sound to begin with: then nothing could be concluded. What an earlier, killed run of breaches left is undone first.
 */
export async function runBreaches(breaches: readonly Breach[], all: readonly Breach[], options: Options): Promise<BreachResult[]> {
  const { report, signal } = options
  await undoLeft(all, report)
  const cases = await planSuites()
  const scoped = freshFirst(breaches).map((breach) => ({ breach, scope: scopeOf(breach, cases, options.least) }))
  await refuseUnsound(union(scoped.map(({ scope }) => scope)), options)
  const probes = new SharedProbes()
  try {
    const sound = await soundDigest()
    const results: BreachResult[] = []
    for (const { breach, scope } of scoped) {
      signal.throwIfAborted()
      const fleet = breach.freshProbes === true || !needsProbes(scope) ? undefined : await probes.ready(signal)
      const result = await tryBreach(breach, { report, signal, scope, leftOut: leftOutOf(scope, cases), sound, fleet })
      results.push(result)
      options.onResult?.(result)
      if (!result.restored) break
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

/** What the platform has to be again after each breach. */
async function soundDigest(): ReturnType<typeof platformDigest> {
  const { world, close } = await openWorld('none')
  try {
    return await platformDigest(world)
  } finally {
    await close()
  }
}

async function refuseUnsound(scope: Scope, { report, signal }: Options): Promise<void> {
  report({ phase: 'breach none', state: 'started', message: `the sound platform, by the ${String(scope.cases.length)} cases that will be used` })
  const { requirements } = await look(scope, { signal })
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
