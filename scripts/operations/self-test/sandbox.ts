import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { paths } from '../../../fixtures/sandbox/paths.ts'
import { down, status, up } from '../../../fixtures/sandbox/sandbox.ts'
import { ensureToolchain } from '../../../fixtures/sandbox/toolchain/build.ts'
import type { CaseResult, Results } from '../../../reports/model/results.ts'
import { verifyRun } from '../../../reports/verification/verify.ts'
import { chosen, loadBreaches } from '../breaches/catalogue.ts'
import { runBreaches } from '../breaches/run.ts'
import type { BreachResult } from '../breaches/run.ts'
import { conform } from '../conformance/conform.ts'
import { reportsFolder } from '../conformance/published-run.ts'
import { provision } from '../pipeline/provision.ts'
import type { Stage, Tally } from './stage.ts'
import { single, sum } from './stage.ts'
import { tracesOn } from './traces.ts'

export const toolchain: Stage = {
  name: 'toolchain',
  gate: true,
  run: async ({ report }) => {
    await ensureToolchain({ report })
    return single(true)
  },
}

/** What the machine has of the kind that the sandbox could leave behind, before there is one; undefined while none was started. */
let before: ReadonlySet<string> | undefined

/** From nothing: a sandbox that runs already would hide what only works the second time. */
export const sandboxUp: Stage = {
  name: 'up',
  gate: true,
  run: async ({ report, signal }) => {
    await down({ report })
    before = await tracesOn()
    await up({ report, signal })
    const { ready, nodes } = await status()
    return single(ready && nodes.length === 3, `expected three ready nodes, but found ${JSON.stringify(nodes)}`)
  },
}

export const provisioned: Stage = {
  name: 'provision',
  gate: true,
  run: async ({ report, signal }) => {
    await provision({ target: 'sandbox', report, signal })
    return single(true)
  },
}

/** A second run must find nothing to do: else the first one did not make what it says. */
export const provisionedAgain: Stage = {
  name: 'provision again',
  run: async ({ report, signal }) => {
    const { changed, description } = await provision({ target: 'sandbox', report, signal })
    return single(!changed, 'expected a second provision to change nothing, but it did', ...description)
  },
}

/** Cases that need the machine to themselves: beside a build or another sandbox they end indeterminate, which says nothing about this code. `conform` runs them. */
const demanding = ['slo/thirty-services', 'slo/autoscaling', 'observability/thresholds-crossed', 'observability/thresholds-returned']

/** What is counted as skipped here, and told; never as passed. */
interface Excused {
  /** Cases of which no verdict but satisfied says anything about this code. */
  entirely: readonly string[]
  /** Cases that may be unable to decide. A violation of them counts. */
  undecided: readonly string[]
}

/**
 * Cases that measure the machine as much as the platform: a probe that a busy machine lets wait too long is down, and stays in the window; pods that
 * it does not let send in their first moments were not watched. `conform` gives all of it its full weight.
 */
const pacedByTheMachine: Excused = {
  entirely: ['slo/availability', 'observability/dashboard-freshness', 'isolation/policy-propagation'],
  undecided: ['isolation/start-up-window', 'isolation/open-connections'],
}

export const conformed: Stage = {
  name: 'conform',
  run: async ({ report, signal }) => {
    const { results } = await conform({ target: 'sandbox', profile: 'nightly', only: [], skip: demanding, report, signal })
    signal.throwIfAborted()
    const tally = caseTally(results, pacedByTheMachine)
    return { ...tally, skipped: tally.skipped + demanding.length, notes: [...tally.notes, `left to \`plumbline conform\`: ${demanding.join(', ')}`] }
  },
}

function isExcused({ id, verdict }: CaseResult, { entirely, undecided }: Excused): boolean {
  return entirely.includes(id) || (verdict === 'indeterminate' && undecided.includes(id))
}

/** What names a part of a requirement that has no case yet is no case: it makes the run partial, and it is neither passed nor skipped here. What is excused is skipped when it is not satisfied. */
export function caseTally({ cases, footprint }: Pick<Results, 'cases' | 'footprint'>, excused: Excused = { entirely: [], undecided: [] }): Tally {
  const real = cases.filter(({ id }) => !id.startsWith('outstanding/'))
  const unsatisfied = real.filter(({ verdict }) => verdict !== 'satisfied')
  const skipped = unsatisfied.filter((one) => isExcused(one, excused) || ['waived', 'not-applicable', 'not-run'].includes(one.verdict))
  const failed = unsatisfied.filter((one) => !skipped.includes(one))
  return {
    passed: real.length - failed.length - skipped.length,
    failed: failed.length + (footprint.leftovers.length + footprint.unverified.length > 0 ? 1 : 0),
    skipped: skipped.length,
    notes: [
      ...failed.map(({ id, verdict, reason }) => `${id} is ${verdict}: ${reason ?? ''}`),
      ...skipped.map(({ id, verdict, reason }) => `${id} is ${verdict}: ${reason ?? ''}`),
      ...footprint.leftovers.map((name) => `left on the platform: ${name}`),
      ...footprint.unverified.map((name) => `not known to be gone: ${name}`),
    ],
  }
}

/** The run that was just published, with its place in the ledger; older ones may be of another machine's key. */
export const verified: Stage = {
  name: 'verify',
  run: async () => {
    const { ok, findings } = await verifyRun(join(reportsFolder, 'latest'), { keysFolder: paths.keys })
    return single(ok, ...findings)
  },
}

/**
 * The breaches that `npm test` tries: of each kind of check at least one whose cases take seconds. Those whose cases wait for alerts or fill
 * the platform with services take minutes each; `npx plumbline breach run` tries all.
 */
const quick = ['quota-removed', 'public-schema-writable', 'versioning-off', 'incremental-run-a-second-too-long', 'apply-without-lock']

export const breached: Stage = {
  name: 'breaches',
  run: async ({ report, signal }) => {
    const all = await loadBreaches()
    const tried = chosen(all, quick)
    return breachTally(await runBreaches(tried, all, { report, least: 'smoke', signal }), tried.length)
  },
}

/** Breaches that were not even tried, because one before could not be put back, count as failed. */
export function breachTally(results: readonly BreachResult[], all: number): Tally {
  const passed = results.filter(({ caught, restored }) => caught && restored).length
  const notes = results.filter(({ caught, restored }) => !caught || !restored).map(({ id, reason }) => `${id}: ${reason}`)
  return { passed, failed: all - passed, skipped: 0, notes }
}

export const sandboxDown: Stage = {
  name: 'down',
  always: true,
  run: async ({ report }) => {
    await down({ report })
    const { supervisorPid, ready } = await status()
    const left = before === undefined ? [] : await leftSince(before)
    return sum([
      single(supervisorPid === undefined && !ready, 'expected nothing of the sandbox to run after `down`, but it still does'),
      single(left.length === 0, ...left.map((one) => `expected nothing to be left outside the cache and reports/, but there is the ${one}`)),
    ])
  },
}

/** How long what ends with the sandbox may take to be gone, in milliseconds. */
const ending = 10_000

async function leftSince(known: ReadonlySet<string>): Promise<string[]> {
  const end = performance.now() + ending
  for (;;) {
    const left = [...await tracesOn()].filter((trace) => !known.has(trace))
    if (left.length === 0 || performance.now() > end) return left
    await delay(250)
  }
}
