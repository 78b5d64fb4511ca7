import { expect, test } from 'vitest'
import { isExpired } from './expired.ts'
import { refusalWithin } from './refused.ts'

function answering(...statuses: number[]) {
  const left = [...statuses]
  return async () => Promise.resolve({ status: left.length > 1 ? left.shift() ?? 0 : left[0] ?? 0, message: 'said' })
}

test('the refusal that was wanted ends the asking', async () => {
  const { refusal } = await refusalWithin(answering(200, 403, 401), [401], 2000)
  expect(refusal).toMatchObject({ status: 401, message: 'said' })
  expect(refusal?.afterMs).toBeGreaterThanOrEqual(150)
})

test('what still works is no refusal', async () => {
  expect(await refusalWithin(answering(200), [403, 401], 150)).toEqual({ refusal: undefined, last: { status: 200, message: 'said' } })
})

test('an access without a readable end is over', () => {
  const now = Date.parse('2026-11-28T10:00:00Z')
  expect(isExpired({ expiresAt: '2026-11-28T10:00:01Z' }, now)).toBe(false)
  expect(isExpired({ expiresAt: '2026-11-28T10:00:00Z' }, now)).toBe(true)
  expect(isExpired({ expiresAt: 'never' }, now)).toBe(true)
})
