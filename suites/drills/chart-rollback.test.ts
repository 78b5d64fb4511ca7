import { capacity } from '../intent/capacity.ts'
import { drills } from '../intent/drills.ts'
import { expect, test } from '../lib/case.ts'
import { whileBusy } from '../lib/drills/busy.ts'
import { faultsOfDrill, undecidedInDrill } from '../lib/drills/judge.ts'
import { changedBy } from '../lib/drills/change.ts'
import { readAutoscalers } from '../lib/platform/autoscaling.ts'
import { refuseUndecided } from '../lib/undecided.ts'

/** Of two small releases: the threshold from which services of the environment are told to scale. */
const change = { environment: 'development', targetCpuPercent: capacity.autoscaling.targetCPUUtilizationPercentage + 1 } as const

test(
  'with 30 services in each environment, a change of releases is taken back by the runbook in under 15 minutes, nothing crosses an isolation meanwhile, and everything is as it was',
  { tags: ['SC-007', 'NFR-007'], meta: { profile: 'gameday' } },
  async ({ drill, platform, rehearsals, run }) => {
    const live = async () => await readAutoscalers(platform, change.environment)
    const seen: Record<string, unknown> = {}
    const log = await whileBusy({ platform, run, purpose: 'charts' }, () => drill.run(drills.chartRollback, async (d) => {
      seen['before'] = await live()
      await d.undo('the releases are those of the files', 'npx plumbline provision')
      const id = await d.step('a change of the autoscaling threshold reaches the releases of an environment', { counts: false }, () =>
        rehearsals.withThreshold(change, (platformFile) => changedBy({ platform, rehearsals, signal: d.signal }, platformFile)))
      seen['during'] = await live()
      await d.follow({ CHANGE: id })
      seen['after'] = await d.step('the live autoscalers are those of before', {}, live)
      d.observe('live autoscalers of the environment', { change, ...seen })
    }))

    expect(faultsOfDrill(log)).toBeFaultless()
    refuseUndecided(undecidedInDrill(log))
    // The control: the change was live.
    expect(seen['during'], 'autoscalers while the change was in force').not.toEqual(seen['before'])
    expect(seen['after'], 'autoscalers after the way back').toEqual(seen['before'])
  },
)
