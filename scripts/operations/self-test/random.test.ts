import { expect, test } from 'vitest'
import { randomFractions } from './random.ts'

test('the same seed gives the same fractions, another one others, all below one', () => {
  const fractions = randomFractions({ count: 10, seed: 5 })
  expect(fractions).toHaveLength(10)
  expect(randomFractions({ count: 10, seed: 5 })).toEqual(fractions)
  expect(randomFractions({ count: 10, seed: 6 })).not.toEqual(fractions)
  expect(fractions.every((one) => one >= 0 && one < 1)).toBe(true)
  expect(new Set(fractions).size).toBe(10)
})
