import { drills } from '../intent/drills.ts'
import { expect, test } from '../lib/case.ts'
import { whileBusy } from '../lib/drills/busy.ts'
import { changedBy } from '../lib/drills/change.ts'
import { faultsOfDrill, undecidedInDrill } from '../lib/drills/judge.ts'
import { readStateVersions } from '../lib/platform/state.ts'
import { refuseUndecided } from '../lib/undecided.ts'

/** A pool that nobody is told to use. */
const purpose = 'drill'

test(
  'with 30 services in each environment, a change of Terraform is taken back by the runbook in under 15 minutes, nothing crosses an isolation meanwhile, and everything is as it was',
  { tags: ['SC-007', 'NFR-007'], meta: { profile: 'gameday' } },
  async ({ drill, platform, rehearsals, run }) => {
    const newest = async () => (await readStateVersions(platform, 1)).versions[0]
    const log = await whileBusy({ platform, run, purpose: 'terraform' }, () => drill.run(drills.terraformRollback, async (d) => {
      const before = await newest()
      await d.undo('the platform is that of the files', 'npx plumbline provision')
      await d.step('a change of Terraform adds a pool', { counts: false }, () =>
        rehearsals.withPools((usual) => [{ ...usual, purpose, count: 1 }], (platformFile) => changedBy({ platform, rehearsals, signal: d.signal }, platformFile)))
      const during = await newest()
      await d.follow({})
      d.observe('newest version of the state', { before, during, after: await newest() })
      // The control: the change was in the state.
      expect(during?.serial, 'serial of the state while the change was in force').toBeGreaterThan(before?.serial ?? 0)
      expect(during?.lineage, 'lineage of the state').toBe(before?.lineage)
    }))

    expect(faultsOfDrill(log)).toBeFaultless()
    refuseUndecided(undecidedInDrill(log))
  },
)
