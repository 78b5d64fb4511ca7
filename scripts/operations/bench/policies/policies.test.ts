import { expect, test } from 'vitest'
import { summaryOf, timed } from './measure.ts'
import { planOf, recordedPlan } from './plans.ts'
import { policiesTable, ratio, type Measured } from './policies.ts'

const { signal } = new AbortController()

test('a plan has as many resources as is said, no address twice, and is the same every time', async () => {
  const recorded = await recordedPlan()
  const plan = planOf(500, recorded)
  expect(plan.resource_changes).toHaveLength(500)
  expect(new Set(plan.resource_changes.map(({ address }) => address)).size).toBe(500)
  expect(JSON.stringify(planOf(500, recorded))).toBe(JSON.stringify(plan))
})

test('least, median and most', () => {
  expect(summaryOf([3, 1, 2])).toEqual({ min: 1, median: 2, max: 3 })
  expect(summaryOf([4, 1])).toEqual({ min: 1, median: 2.5, max: 4 })
})

test('a process is timed with its exit code, and one that cannot be started says so by its code', async () => {
  const { wall, code } = await timed(['bash', '-c', 'echo much; exit 3'], signal)
  expect([wall >= 0, code]).toEqual([true, 3])
  expect((await timed(['/nothing/there'], signal)).code).toBe(127)
})

const one = (name: string, seconds: number[]): Measured => ({ size: 500, name, rules: '', wall: summaryOf(seconds), cpu: summaryOf(seconds), rounds: seconds.map((wall) => ({ wall, cpu: wall, code: 0 })) })

test('ours is compared with the others round by round', () => {
  const [ours, theirs] = [one('plumbline check', [1, 4, 2]), one('conftest', [2, 4, 8])]
  expect(ratio(ours, theirs, 'wall')).toBe('0.50 ×')
  expect(policiesTable([ours, theirs]).slice(2)).toEqual([
    '| 500 | plumbline check | 1.00 · 2.00 · 4.00 | 1.00 · 2.00 · 4.00 |  |',
    '| 500 | conftest | 2.00 · 4.00 · 8.00 | 2.00 · 4.00 · 8.00 | 0.50 × (0.50 ×) |',
  ])
})
