import { expect, test } from '../lib/case.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { changesOf, foundation, leftBehind } from '../lib/platform/foundation.ts'
import { rehearsed } from '../lib/rehearsals.ts'
import { missingGuidance } from '../lib/remedy.ts'

/** The first is made and the second is refused: a run that stopped there would leave half of what it was to make. */
const quota = { kind: 'quota', method: 'POST', path: '/lke/clusters/*/pools', after: 1, count: 1 } as const
const purposes = ['rehearsal-first', 'rehearsal-second']

test(
  'a run that meets an exhausted quota fails with limit, need and remedy, leaves nothing partial, and succeeds once the quota is raised',
  { tags: ['US-001.4'], meta: { profile: 'nightly' } },
  async ({ platform, provided, rehearsals, evidence }) => {
    const before = await foundation(platform, provided.linode)
    try {
      await rehearsals.withPools((usual) => purposes.map((purpose) => ({ ...usual, purpose, count: 1 })), async (platformFile) => {
        const { result: refused, struck } = await rehearsals.whileFaulty(quota, () => rehearsals.provision({ platformFile }))
        const changes = await leftBehind(before, () => foundation(platform, provided.linode))
        const failed = rehearsed('provision with two more pools, of which the second meets the quota', refused)
        evidence.observe('the run that met the quota, and what it changed', { ...failed, struck, quota, before, changes })
        if (struck === 0) throw new IndeterminateError(`expected the run to ask Linode for a second pool, so that the quota is met, but it did not: ${failed.message}`)
        expect(refused.exitCode, 'exit code of the run that met the quota').toBe(4)
        expect(missingGuidance(failed.message)).toBeFaultless()
        expect(changes.map((change) => `expected the failed run to leave the platform as it was, but ${change}`)).toBeFaultless()

        const raised = await rehearsals.provision({ platformFile })
        const made = changesOf(before, await foundation(platform, provided.linode))
        const succeeded = rehearsed('the same, the quota raised', raised)
        evidence.observe('the next run, and what it changed', { ...succeeded, changes: made })
        expect(raised.exitCode, `exit code of the run after the quota was raised: ${succeeded.message}`).toBe(0)
        expect(made.filter((change) => change.startsWith('pool ')), 'pools that the run made').toHaveLength(purposes.length)
      })
    }
    finally {
      const back = await rehearsals.provision()
      evidence.observe('the platform put back', { ...rehearsed('provision with the usual platform file', back), changes: changesOf(before, await foundation(platform, provided.linode)) })
    }
  },
)
