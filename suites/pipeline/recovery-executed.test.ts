import { capacity } from '../intent/capacity.ts'
import { objectives } from '../intent/objectives.ts'
import { expect, test } from '../lib/case.ts'
import { faultsOf, undecidedIn } from '../lib/guides/follow.ts'
import { sectionOf } from '../lib/guides/guide.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { readAutoscalers } from '../lib/platform/autoscaling.ts'
import { readChanges } from '../lib/platform/changes.ts'
import { applied, readProvisioning } from '../lib/platform/provisioning.ts'
import { readRevisions } from '../lib/platform/release-records.ts'
import { releasesWithWayBack, returnFaults } from '../lib/platform/way-back.ts'
import { rehearsed } from '../lib/rehearsals.ts'
import { refuseUndecided } from '../lib/undecided.ts'

/** A change that does no harm, of two small releases: the threshold from which services of the environment are told to scale. */
const change = { environment: 'development', targetCpuPercent: capacity.autoscaling.targetCPUUtilizationPercentage + 1 } as const

test(
  'a platform engineer goes the way back that the record of a change names, by the runbook as written, in under 15 minutes, and every release of the change is again what it was',
  { tags: ['FR-007'], meta: { profile: 'nightly' } },
  async ({ platform, rehearsals, guides, evidence }) => {
    const guide = sectionOf(await guides.read('platform/change-and-rollback.md'), 'Take a release back')
    const targets = async () => await readAutoscalers(platform, change.environment)
    const known = new Set((await readProvisioning(platform)).events.map(({ id }) => id))
    const before = await targets()
    let restored = false
    try {
      const run = await rehearsals.withThreshold(change, (platformFile) => rehearsals.provision({ platformFile }))
      const event = (await readProvisioning(platform)).events.find((one) => !known.has(one.id) && one.outcome === 'success' && applied(one))
      const record = event === undefined ? undefined : (await readChanges(platform, [event.id])).get(event.id)
      const during = await targets()
      evidence.observe('a change of the autoscaling threshold of an environment, and the record that it left', { change, ...rehearsed('provision with another threshold', run), record, before, during })
      if (run.exitCode !== 0 || event === undefined) throw new IndeterminateError(`expected a change that could be taken back, but the run ended with ${run.exitCode ?? 'a signal'}: ${rehearsed('', run).message}`)
      expect(record, `record of the change ${event.id} below changes/`).toBeDefined()
      const releases = record === undefined ? [] : releasesWithWayBack(record)
      expect(releases.map(({ name }) => name), 'releases that the way back names').not.toEqual([])

      const followed = await guides.followAsOperator(guide, { CHANGE: event.id })
      const returned = await Promise.all(releases.map(async (one) => ({ ...one, revisions: await readRevisions(platform, one.name) })))
      const after = await targets()
      const faults = returned.flatMap(returnFaults)
      restored = faults.length === 0
      evidence.timing('the way back, by the runbook', { atMost: objectives.rollback, ...followed })
      evidence.observe('the releases afterwards, and the live autoscalers', { returned, after })

      expect(faultsOf(followed)).toBeFaultless()
      expect(followed.seconds, 'seconds that the way back took').toBeLessThan(objectives.rollback)
      refuseUndecided(undecidedIn(followed))
      expect(faults).toBeFaultless()
      // The control: the change was live.
      expect(during, 'autoscalers while the change was in force').not.toEqual(before)
      expect(after, 'autoscalers after the way back').toEqual(before)
    }
    finally {
      // What the runbook did not put back is not left to the next case.
      if (!restored) evidence.observe('the platform put back by the pipeline', rehearsed('provision with the usual platform file', await rehearsals.provision()))
    }
  },
)
