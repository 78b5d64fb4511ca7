import { capacity } from '../intent/capacity.ts'
import { loadProfiles } from '../intent/load.ts'
import { expect, test } from '../lib/case.ts'
import { loadCharts } from '../lib/probes/load-result.ts'
import { scaleOutAndBack } from '../lib/probes/scaling.ts'

test(
  'a service scales out under load, loses no request meanwhile, and scales back',
  { tags: ['NFR-008'], meta: { profile: 'nightly' } },
  async ({ platform, run, evidence }) => {
    const scaling = await scaleOutAndBack({ platform, run, autoscaling: capacity.autoscaling }, 'staging', loadProfiles.scaling)
    const { load, replicas, most, outSeconds, backSeconds } = scaling
    evidence.observe('replicas and load of a service with an autoscaler', { load, most, outSeconds, backSeconds, replicas })
    evidence.chart({ kind: 'line', group: 'Load: scaling', title: 'Ready replicas of the loaded service', unit: 'replicas', series: [{ name: 'staging', points: replicas }] })
    for (const chart of loadCharts(loadProfiles.scaling, new Map([['staging', load]]))) evidence.chart(chart)
    run.took('scale: a second replica is ready', outSeconds ?? 0)

    expect(outSeconds, 'seconds until a second replica was ready').toBeDefined()
    expect(most, 'most replicas').toBeLessThanOrEqual(capacity.autoscaling.maxReplicas)
    expect(load.missed).toBeFaultless()
    expect(backSeconds, 'seconds until one replica was left').toBeDefined()
  },
)
