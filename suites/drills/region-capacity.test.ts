import { drills } from '../intent/drills.ts'
import { expect, test } from '../lib/case.ts'
import { faultsOfDrill, undecidedInDrill } from '../lib/drills/judge.ts'
import { furtherPools, PoolRuns, poolsUnderFaults } from '../lib/drills/linode-faults.ts'
import { refuseUndecided } from '../lib/undecided.ts'

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
    const seen = new PoolRuns()
    const log = await drill.run(drills.regionCapacity, (d) => poolsUnderFaults(d, { platform, linode: provided.linode, rehearsals }, { runs: kinds, nodesWithin, afterwards: 'what the run has made when there was room' }, seen))

    expect(seen.partial).toBeFaultless()
    expect(faultsOfDrill(log)).toBeFaultless()
    refuseUndecided(undecidedInDrill(log))
    expect(seen.made.filter((change) => change.startsWith('pool ')), 'pools that the run has made when there was room').toHaveLength(furtherPools.length)
  },
)
