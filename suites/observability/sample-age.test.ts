import { objectives } from '../intent/objectives.ts'
import { expect, test } from '../lib/case.ts'
import { readAges } from '../lib/platform/sample-age.ts'
import { refuseUndecided } from '../lib/undecided.ts'

test(
  'no number on a dashboard is older than a minute: every source is read, and every rule evaluated, at that pace',
  { tags: ['NFR-005'] },
  async ({ platform, evidence }) => {
    const { ages, missing } = await readAges(platform)
    evidence.observe('age of the newest sample of each environment\'s series and of each source, seconds', { ages, missing })
    evidence.timing('the oldest of the newest samples', { seconds: Math.max(0, ...ages.map(({ seconds }) => seconds)), atMost: objectives.dashboardFreshness })

    expect(ages.filter(({ seconds }) => seconds > objectives.dashboardFreshness).map(({ what, seconds }) => `expected the newest sample of ${what} to be at most ${objectives.dashboardFreshness} s old, but it is ${Math.round(seconds)} s old`)).toBeFaultless()
    refuseUndecided(missing.map((what) => `expected samples of ${what}, but Prometheus has none`))
  },
)
