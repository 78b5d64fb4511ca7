import { expect, test } from 'vitest'
import { assertEntropy, password, passwordEntropy, randomKey } from './generate.ts'

test('a password has the length and the characters that its entropy is counted from', () => {
  expect(password()).toMatch(/^[A-Za-z0-9]{32}$/)
  expect(passwordEntropy).toBeCloseTo(32 * Math.log2(62))
  // All 62 characters are drawn: 400 passwords miss one of them with a chance below 10^-88.
  expect(new Set(Array.from({ length: 400 }, password).join('')).size).toBe(62)
})

test('a key is 32 random bytes', () => {
  const { values, entropyBits } = randomKey()
  expect(Buffer.from(values['key'] ?? '', 'base64')).toHaveLength(32)
  expect(entropyBits).toBe(256)
  expect(randomKey().values).not.toEqual(values)
})

test('a generator below the stated entropy is refused', () => {
  expect(() => { assertEntropy('staging/session-key', 256, 190.53) }).toThrow('The generator of staging/session-key makes 190.5 bits; the inventory states 256. Correct one of the two.')
  expect(() => { assertEntropy('observability/channel', undefined, 0) }).not.toThrow()
})
