import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quantity } from './quantity.ts'

test.each([
  ['cpu', '2', 2],
  ['cpu', '500m', 0.5],
  ['cpu', '0.25', 0.25],
  ['memory', '8Gi', 8_589_934_592],
  ['memory', '128Mi', 134_217_728],
  ['memory', '1G', 1_000_000_000],
  ['memory', '1024', 1024],
] as const)('%s %s is %d', (kind, text, amount) => {
  expect(quantity(kind, text)).toBe(amount)
})

test.each([
  ['cpu', '2Gi'], ['cpu', '500M'], ['cpu', '-1'], ['cpu', ''], ['cpu', '1 '], ['cpu', 'm'],
  ['memory', '8Gb'], ['memory', '8GB'], ['memory', '8gi'], ['memory', '100m'], ['memory', '1e3'], ['memory', '8 Gi'], ['memory', '8constructor'],
] as const)('%s "%s" is none', (kind, text) => {
  expect(quantity(kind, text)).toBeUndefined()
})

test('every whole number of Mi is that many times 1048576 bytes', () => {
  fc.assert(fc.property(fc.nat(1_000_000), (count) => {
    expect(quantity('memory', `${count}Mi`)).toBe(count * 1_048_576)
  }))
})
