import { expect, test } from 'vitest'
import { earlyEnds, heldTooShortly } from './audit-retention.ts'

const at = new Date('2026-11-23T10:00:00Z')
const heldFor = (days: number, mode = 'COMPLIANCE') => ({ key: 'k', at, retention: { mode, until: new Date(at.getTime() + days * 24 * 3600 * 1000) } })

test.each([[90, 0], [91, 0], [89, 1], [0, 1]])('a record that is held for %d days has %d faults', (days, faults) => {
  expect(heldTooShortly(heldFor(days), 90)).toHaveLength(faults)
})

test('a governed record, and one without a retention of its own, are faults', () => {
  expect(heldTooShortly(heldFor(90, 'GOVERNANCE'), 90)).toEqual(['expected k to be held in mode COMPLIANCE, but it is in GOVERNANCE'])
  expect(heldTooShortly({ key: 'k', at, retention: undefined }, 90)).toEqual(['expected k to carry a retention of its own, but it carries none; a later, shorter default of the bucket would count'])
  expect(heldTooShortly(heldFor(89), 90)).toEqual(['expected k to be held for 90 days, but it is held until 2027-02-20T10:00:00.000Z, 89.0 days after it was stored'])
})

test('a lifecycle rule counts when it is enabled and ends records early', () => {
  const filter = { Prefix: '' }
  expect(earlyEnds('not offered', 90)).toEqual([])
  expect(earlyEnds([{ ID: 'a', Status: 'Disabled', Filter: filter, Expiration: { Days: 1 } }, { ID: 'b', Status: 'Enabled', Filter: filter, Expiration: { Days: 90 } }], 90)).toEqual([])
  expect(earlyEnds([{ ID: 'c', Status: 'Enabled', Filter: filter, Expiration: { Days: 30 }, NoncurrentVersionExpiration: { NoncurrentDays: 7 } }], 90)).toEqual([
    'expected no record to end before 90 days, but the lifecycle rule c lets objects end after 30 days',
    'expected no record to end before 90 days, but the lifecycle rule c lets objects end after 7 days',
  ])
  expect(earlyEnds([{ ID: 'd', Status: 'Enabled', Filter: filter, Expiration: { Date: at } }], 90)).toHaveLength(1)
})
