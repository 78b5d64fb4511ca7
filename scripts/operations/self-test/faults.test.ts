import { expect, test } from 'vitest'
import { momentsOf } from './faults.ts'

test('the same seed gives the same moments, another one others, all inside the run', () => {
  const moments = momentsOf({ count: 10, seed: 5 }, 30_000)
  expect(moments).toHaveLength(10)
  expect(momentsOf({ count: 10, seed: 5 }, 30_000)).toEqual(moments)
  expect(momentsOf({ count: 10, seed: 6 }, 30_000)).not.toEqual(moments)
  expect(moments.every((moment) => moment >= 0 && moment < 30_000)).toBe(true)
  expect(new Set(moments).size).toBe(10)
})
