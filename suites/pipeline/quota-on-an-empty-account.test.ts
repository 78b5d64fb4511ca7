import { firstRunRequests } from '../intent/first-run.ts'
import { budgets } from '../lib/budgets.ts'
import { expect, test } from '../lib/case.ts'
import { converge } from '../lib/converge.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { linodePause } from '../lib/platform/foundation.ts'
import { rehearsed } from '../lib/rehearsals.ts'
import { missingGuidance } from '../lib/remedy.ts'

test(
  'at each request by which a first run makes something on Linode an exhausted quota ends it with limit, need and remedy, and leaves nothing on the account and in the state but buckets',
  { tags: ['US-001.4'], meta: { profile: 'gameday' } },
  async ({ rehearsals, evidence }) => {
    const runs = await rehearsals.onEmptyAccount(async ({ provision, whileFaulty, standing }) => {
      const before = new Set(await standing())
      const seen = []
      for (const request of firstRunRequests) {
        const quota = { kind: 'quota', method: 'POST', ...request } as const
        const { result, struck } = await whileFaulty(quota, () => provision())
        // Linode removes the machines of a pool after the pool.
        const { value: left } = await converge(async () => (await standing()).filter((one) => !before.has(one)), budgets.machinesGone, { consecutive: 1, every: linodePause, until: (found) => found.length === 0 })
        seen.push({ ...rehearsed('provision on an account on which there is nothing', result), quota, struck, left })
        // What is left would be there for the next run as well.
        if (left.length > 0) break
      }
      return seen
    })
    evidence.observe('runs on an account on which there is nothing, each of which met a quota at another request', runs)

    const unmet = runs.filter(({ struck }) => struck === 0).map(({ quota, message }) => `expected a first run to make POST ${quota.path} more than ${quota.after} times, so that the quota is met, but it did not: ${message}`)
    if (unmet[0] !== undefined) throw new IndeterminateError(unmet[0])
    expect(runs.filter(({ exitCode }) => exitCode !== 4).map(({ quota, exitCode }) => `expected exit code 4 of the run that met the quota at POST ${quota.path} after ${quota.after}, but got ${String(exitCode)}`)).toBeFaultless()
    expect(runs.flatMap(({ message }) => missingGuidance(message))).toBeFaultless()
    expect(runs.flatMap(({ quota, left }) => left.map((one) => `expected the run that met the quota at POST ${quota.path} after ${quota.after} to leave nothing but buckets, but there is ${one}`))).toBeFaultless()
  },
)
