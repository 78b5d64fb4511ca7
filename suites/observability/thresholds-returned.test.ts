import { judgeResolution } from '../lib/alert-story.ts'
import { budgets } from '../lib/budgets.ts'
import { expect, test } from '../lib/case.ts'
import { refuseUndecided } from '../lib/undecided.ts'

test(
  'an alert whose threshold is no longer crossed is told to the platform channel as resolved, in every environment',
  { tags: ['SC-006', 'FR-008'], meta: { profile: 'nightly' } },
  async ({ crossings, evidence }) => {
    const { stories, stopped } = await crossings.pass()
    evidence.observe('resolutions by alert and environment, seconds since what crossed the thresholds was taken away', stories.map(({ threshold, fired, resolved }) => ({
      alert: threshold.alert, environment: threshold.environment, arrived: fired?.at, resolved: resolved === undefined ? undefined : Math.round((Date.parse(resolved.at) - stopped) / 1000), message: resolved?.text,
    })))
    const ends = stories.flatMap(({ resolved }) => resolved === undefined ? [] : [(Date.parse(resolved.at) - stopped) / 1000])
    if (ends.length > 0) evidence.timing('from the end of the crossing to the last resolution in the channel', { seconds: Math.max(0, ...ends), atMost: budgets.alertResolves.milliseconds / 1000 })

    const findings = stories.flatMap((story) => judgeResolution(story) ?? [])
    expect(findings.flatMap((one) => 'fault' in one ? [one.fault] : [])).toBeFaultless()
    refuseUndecided(findings.flatMap((one) => 'undecided' in one ? [one.undecided] : []))
  },
)
