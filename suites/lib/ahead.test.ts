import { expect, test } from 'vitest'
import { crossingsDue, needsCrossings } from './ahead.ts'
import { closeRunner, collectPlan, openRunner } from './runner.ts'

test('what is begun ahead is begun after the cases that count quotas, and before the cases that need it', async () => {
  const vitest = await openRunner()
  try {
    const ids = (await collectPlan(vitest, { only: [], skip: [], profile: 'nightly' })).cases.map(({ id }) => id)
    const due = ids.filter(crossingsDue)
    expect(ids.slice(ids.length - due.length)).toEqual(due)
    expect(due).not.toContain('environments/separate-quota')
    expect(due).not.toContain('guides/access-guide')
    expect(due.slice(1).filter((id) => needsCrossings([id]))).toEqual(['observability/thresholds-crossed', 'observability/thresholds-returned'])
  }
  finally {
    await closeRunner(vitest)
  }
}, 60_000)

test('a run without the cases that need it does not begin it', () => {
  expect(needsCrossings(['environments/separate-quota', 'observability/dashboard-freshness'])).toBe(false)
})
