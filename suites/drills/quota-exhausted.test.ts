import { drills } from '../intent/drills.ts'
import { budgets } from '../lib/budgets.ts'
import { expect, test } from '../lib/case.ts'
import { faultsOfDrill, undecidedInDrill } from '../lib/drills/judge.ts'
import { ended, promiseUsual, underFaults } from '../lib/drills/linode-faults.ts'
import { changesOf, foundation } from '../lib/platform/foundation.ts'
import { missingGuidance } from '../lib/remedy.ts'
import { refuseUndecided } from '../lib/undecided.ts'

const pools = '/lke/clusters/*/pools'
const purposes = ['rehearsal-first', 'rehearsal-second']

/** Where a run on a platform that exists asks for machines: for the first of two pools, for the second, and for both. */
const places = [
  { title: 'a run whose first pool meets the limit', fault: { kind: 'quota', method: 'POST', path: pools, count: 1 } },
  { title: 'a run whose second pool meets the limit, when the first is made', fault: { kind: 'quota', method: 'POST', path: pools, after: 1, count: 1 } },
  { title: 'a run of which every pool meets the limit', fault: { kind: 'quota', method: 'POST', path: pools } },
] as const

test(
  'at each request by which a run makes machines an exhausted quota ends it with limit, need and remedy, nothing partial is left, and by the runbook the next run succeeds once the quota is raised',
  { tags: ['US-001.4'], meta: { profile: 'gameday' } },
  async ({ platform, provided, rehearsals, drill }) => {
    const messages: string[] = []
    const changes: string[] = []
    const made: string[] = []
    const log = await drill.run(drills.quotaExhausted, async (d) => {
      await promiseUsual(d)
      const before = await foundation(platform, provided.linode)
      const changed = async () => changesOf(before, await foundation(platform, provided.linode))
      await rehearsals.withPools((usual) => purposes.map((purpose) => ({ ...usual, purpose, count: 1 })), async (platformFile) => {
        for (const { title, fault } of places) {
          const ran = await underFaults(d, rehearsals, { title, faults: [fault] }, () => rehearsals.provision({ platformFile, signal: d.signal, budget: budgets.drillCommand }))
          messages.push(ran.message)
          const partial = await d.step(`${title}: what is left of it`, { counts: false }, changed)
          changes.push(...partial.map((change) => `expected ${title} to leave the platform as it was, but ${change}`))
          await d.step(`${title}: how it ended`, { counts: false }, async () => {
            ended(ran, { exit: 4, says: [] })
            await Promise.resolve()
          })
        }
        await d.follow({ PLATFORM_FILE: platformFile }, { counts: false })
        made.push(...await d.step('what the run after the quota was raised has made', { counts: false }, changed))
        d.observe('what the run after the quota was raised has made', made)
      })
    })

    expect(changes).toBeFaultless()
    expect(faultsOfDrill(log)).toBeFaultless()
    expect(messages.flatMap(missingGuidance)).toBeFaultless()
    refuseUndecided(undecidedInDrill(log))
    expect(made.filter((change) => change.startsWith('pool ')), 'pools that the run after the quota was raised has made').toHaveLength(purposes.length)
  },
)
