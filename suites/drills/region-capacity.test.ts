import { drills } from '../intent/drills.ts'
import { budgets } from '../lib/budgets.ts'
import { expect, test } from '../lib/case.ts'
import { faultsOfDrill, undecidedInDrill } from '../lib/drills/judge.ts'
import { ended, promiseUsual, underFaults } from '../lib/drills/linode-faults.ts'
import { changesOf, foundation } from '../lib/platform/foundation.ts'
import { refuseUndecided } from '../lib/undecided.ts'

const purposes = ['rehearsal-first', 'rehearsal-second']

/** Seconds after which the run gives up machines that never start. A machine of the sandbox starts in 5 to 15. */
const nodesWithin = 45

const kinds = [
  { title: 'a run that the region refuses, when one pool is made', fault: { kind: 'capacity', method: 'POST', path: '/lke/clusters/*/pools', after: 1 }, says: [/no room for this in the region/, /another type or region in the platform file/, /plumbline provision/] },
  { title: 'a run whose machines are accepted and never start', fault: { kind: 'no-boot' }, says: [/accepted machines that have not started after 45 s/, /g6-/, /another type or region in the platform file/, /plumbline provision/] },
] as const

test(
  'a region without room, whether it refuses or takes the order and starts nothing, ends the run with what to do, nothing partial is left, and by the runbook the next run succeeds once there is room',
  { tags: ['FR-010'], meta: { profile: 'gameday' } },
  async ({ platform, provided, rehearsals, drill }) => {
    const changes: string[] = []
    const made: string[] = []
    const log = await drill.run(drills.regionCapacity, async (d) => {
      await promiseUsual(d)
      const before = await foundation(platform, provided.linode)
      const changed = async () => changesOf(before, await foundation(platform, provided.linode))
      await rehearsals.withPools((usual) => purposes.map((purpose) => ({ ...usual, purpose, count: 1 })), async (platformFile) => {
        for (const { title, fault, says } of kinds) {
          const ran = await underFaults(d, rehearsals, { title, faults: [fault] }, () => rehearsals.provision({ platformFile, nodesWithin, signal: d.signal, budget: budgets.drillCommand }))
          const partial = await d.step(`${title}: what is left of it`, { counts: false }, changed)
          changes.push(...partial.map((change) => `expected ${title} to leave the platform as it was, but ${change}`))
          await d.step(`${title}: how it ended`, { counts: false }, async () => {
            ended(ran, { exit: 4, says })
            await Promise.resolve()
          })
        }
        await d.follow({ PLATFORM_FILE: platformFile }, { counts: false })
        made.push(...await d.step('what the run has made when there was room', { counts: false }, changed))
        d.observe('what the run has made when there was room', made)
      })
    })

    expect(changes).toBeFaultless()
    expect(faultsOfDrill(log)).toBeFaultless()
    refuseUndecided(undecidedInDrill(log))
    expect(made.filter((change) => change.startsWith('pool ')), 'pools that the run has made when there was room').toHaveLength(purposes.length)
  },
)
