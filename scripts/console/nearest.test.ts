import fc from 'fast-check'
import { expect, test } from 'vitest'
import { didYouMean, distance, nearest } from './nearest.ts'

test('counts edits, a swap of neighbours as one', () => {
  expect(distance('conform', 'conform')).toBe(0)
  expect(distance('confrom', 'conform')).toBe(1)
  expect(distance('up', 'down')).toBe(4)
  expect(distance('', 'abc')).toBe(3)
})

test('is symmetric and never more than the longer word', () => {
  fc.assert(fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
    expect(distance(a, b)).toBe(distance(b, a))
    expect(distance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length))
  }))
})

test('names what was most likely meant, and nothing when nothing is near', () => {
  expect(nearest('FR-01', ['FR-010', 'FR-001', 'NFR-001', 'SC-004'], 2)).toEqual(['FR-001', 'FR-010'])
  expect(nearest('sc-004', ['SC-004'])).toEqual(['SC-004'])
  expect(didYouMean('statsu', ['status', 'up'])).toBe(' Did you mean status?')
  expect(didYouMean('zzzzzz', ['status', 'up'])).toBe('')
})
