import { drills } from '../intent/drills.ts'
import { expect, test } from '../lib/case.ts'
import { faultsOfDrill, undecidedInDrill } from '../lib/drills/judge.ts'
import { furtherPools, PoolRuns, poolsUnderFaults } from '../lib/drills/linode-faults.ts'
import { missingGuidance } from '../lib/remedy.ts'
import { refuseUndecided } from '../lib/undecided.ts'

const pools = '/lke/clusters/*/pools'

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
    const seen = new PoolRuns()
    const log = await drill.run(drills.quotaExhausted, (d) => poolsUnderFaults(d, { platform, linode: provided.linode, rehearsals }, { runs: places, afterwards: 'what the run after the quota was raised has made' }, seen))

    expect(seen.partial).toBeFaultless()
    expect(faultsOfDrill(log)).toBeFaultless()
    expect(seen.messages.flatMap(missingGuidance)).toBeFaultless()
    refuseUndecided(undecidedInDrill(log))
    expect(seen.made.filter((change) => change.startsWith('pool ')), 'pools that the run after the quota was raised has made').toHaveLength(furtherPools.length)
  },
)
