import { objectives } from '../intent/objectives.ts'
import { expect, test } from '../lib/case.ts'
import { measureFreshness } from '../lib/probes/freshness.ts'

test(
  'a pod that is started or removed shows in the dashboard of its environment within a minute',
  { tags: ['NFR-005'], meta: { profile: 'nightly' } },
  async ({ platform, run, crossings, evidence }) => {
    await crossings.over()
    const measured = await measureFreshness({ platform, run })
    evidence.observe('time from a change in each environment until the panel\'s query shows it, seconds', measured)
    for (const { environment, appeared, disappeared } of measured) {
      const slowest = Math.max(appeared ?? Infinity, disappeared ?? Infinity)
      if (Number.isFinite(slowest)) evidence.timing(`freshness of the dashboard of ${environment}`, { seconds: slowest, atMost: objectives.dashboardFreshness })
    }

    expect(measured.flatMap(({ environment, panel, appeared, disappeared }) => ([['started', appeared], ['removed', disappeared]] as const)
      .filter(([, seconds]) => seconds === undefined || seconds > objectives.dashboardFreshness)
      .map(([change, seconds]) => `expected the panel "${panel}" of ${environment} to show within ${objectives.dashboardFreshness} s that a pod was ${change}, but it took ${seconds === undefined ? 'longer than was waited for' : `${seconds.toFixed(1)} s`}`))).toBeFaultless()
  },
)
