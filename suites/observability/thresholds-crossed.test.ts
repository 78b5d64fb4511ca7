import { isBeyond } from '../intent/thresholds.ts'
import { judgeArrival, judgeMessage } from '../lib/alert-story.ts'
import { budgets } from '../lib/budgets.ts'
import { expect, test } from '../lib/case.ts'
import { crossingCharts } from '../lib/probes/crossing-charts.ts'
import { refuseUndecided } from '../lib/undecided.ts'

test(
  'a threshold that is crossed in any environment reaches the platform channel, with the environment and the runbook',
  { tags: ['SC-006', 'FR-008'], meta: { profile: 'nightly' } },
  async ({ crossings, evidence }) => {
    const { stories, started } = await crossings.pass()
    const seconds = (at: number) => Math.round((at - started) / 1000)
    evidence.observe('alerts of each environment from the crossing to the channel, seconds since it began', stories.map(({ threshold, measure, before, active, fired, hindrance }) => ({
      alert: threshold.alert, environment: threshold.environment, threshold: threshold.value, before, hindrance,
      crossed: measure.filter(([, value]) => isBeyond(threshold, value)).map(([at]) => seconds(at))[0],
      held: active === undefined ? undefined : seconds(active), arrived: fired === undefined ? undefined : seconds(Date.parse(fired.at)), message: fired?.text,
    })))
    for (const chart of crossingCharts(stories)) evidence.chart(chart)
    const arrivals = stories.flatMap(({ fired }) => fired === undefined ? [] : [(Date.parse(fired.at) - started) / 1000])
    if (arrivals.length > 0) evidence.timing('from the start of the crossing to the last alert in the channel', { seconds: Math.max(...arrivals), atMost: budgets.alertArrives.milliseconds / 1000 })

    const findings = stories.flatMap((story) => [judgeArrival(story) ?? [], judgeMessage(story) ?? []].flat())
    expect(findings.flatMap((one) => 'fault' in one ? [one.fault] : [])).toBeFaultless()
    refuseUndecided(findings.flatMap((one) => 'undecided' in one ? [one.undecided] : []))
  },
)
