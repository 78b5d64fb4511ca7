import { drills } from '../intent/drills.ts'
import { budgets } from '../lib/budgets.ts'
import { expect, test } from '../lib/case.ts'
import { faultsOfDrill, undecidedInDrill } from '../lib/drills/judge.ts'
import { ended, promiseUsual, underFaults } from '../lib/drills/linode-faults.ts'
import { changesOf, foundation } from '../lib/platform/foundation.ts'
import { refuseUndecided } from '../lib/undecided.ts'

const clusters = '/lke/clusters/**'

/** What a run has to get through: answers that are meant to be asked for again, and late ones. */
const passing = [
  { title: 'a run of which three requests are answered with 503', fault: { kind: 'unavailable', method: 'GET', path: clusters, count: 3 } },
  { title: 'a run of which three requests are answered with 429', fault: { kind: 'too-many-requests', method: 'GET', path: clusters, count: 3, retryAfter: 1 } },
  { title: 'a run that waits four times ten seconds for an answer', fault: { kind: 'slow-answer', method: 'GET', path: clusters, count: 4, seconds: 10 } },
] as const

const maintenance = { title: 'a run while the API is in maintenance', fault: { kind: 'unavailable', path: '/**', maintenance: true } } as const

test(
  'a run gets through an API that refuses now and then or answers late, ends safely and says so when the API is in maintenance, and services and segmentation are not touched by any of it',
  { tags: ['FR-010'], meta: { profile: 'gameday' } },
  async ({ platform, provided, rehearsals, drill }) => {
    const changes: string[] = []
    const log = await drill.run(drills.providerOutage, async (d) => {
      await promiseUsual(d)
      const before = await foundation(platform, provided.linode)
      for (const { title, fault } of passing) {
        const ran = await underFaults(d, rehearsals, { title, faults: [fault] }, () => rehearsals.provision({ signal: d.signal, budget: budgets.drillCommand }))
        await d.step(`${title}: how it ended`, { counts: false }, async () => {
          ended(ran, { exit: 0, says: [] })
          await Promise.resolve()
        })
      }
      const ran = await underFaults(d, rehearsals, { title: maintenance.title, faults: [maintenance.fault] }, () => rehearsals.provision({ signal: d.signal, budget: budgets.drillCommand }))
      await d.step(`${maintenance.title}: how it ended`, { counts: false }, async () => {
        ended(ran, { exit: 4, says: [/Linode API does not serve requests/, /503/, /status\.linode\.com/, /plumbline provision/] })
        await Promise.resolve()
      })
      changes.push(...changesOf(before, await foundation(platform, provided.linode)))
      await d.follow({})
    })

    expect(changes.map((change) => `expected ${maintenance.title} to leave the platform as it was, but ${change}`)).toBeFaultless()
    expect(faultsOfDrill(log)).toBeFaultless()
    refuseUndecided(undecidedInDrill(log))
  },
)
