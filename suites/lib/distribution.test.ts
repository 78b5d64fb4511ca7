import { expect, test } from 'vitest'
import { distributionOf, percentile } from './distribution.ts'

test('median, p99 and maximum are measurements and nothing between', () => {
  expect(distributionOf([3, 1, 2])).toEqual({ count: 3, median: 2, p99: 3, max: 3 })
  expect(distributionOf(Array.from({ length: 200 }, (_, index) => index + 1))).toEqual({ count: 200, median: 100, p99: 198, max: 200 })
})

test('nothing measured is no distribution, and never a zero', () => {
  expect(distributionOf([])).toBeUndefined()
  expect(() => percentile([], 50)).toThrow('expected at least one measurement, got none')
})
