import { stringify } from 'yaml'
import { expect, test } from 'vitest'
import { waiver } from './sample.fixture.ts'
import { loadWaivers, parseWaivers, standingOf } from './waivers.ts'

const file = (change: object) => stringify({ apiVersion: 'plumbline.dev/v1', waivers: [{ ...waiver, ...change }] })

test('the shipped list is readable', async () => {
  expect(await loadWaivers()).toEqual([])
})

test('a whole waiver of 90 days is taken', () => {
  expect(parseWaivers(file({ from: '2026-11-01', expires: '2027-01-30' }), 'w.yaml')).toEqual([{ ...waiver, expires: '2027-01-30' }])
})

test.each([
  [{ expires: '2027-01-31' }, 'w.yaml:10: the list of waivers is not as expected at waivers.0.expires: expected an end at most 90 days after the beginning 2026-11-01.'],
  [{ approver: 'ann' }, 'w.yaml:6: the list of waivers is not as expected at waivers.0.approver: expected somebody else than the owner (ann).'],
  [{ expires: 'never' }, 'w.yaml:10: the list of waivers is not as expected at waivers.0.expires: expected a date such as 2027-02-20.'],
])('%j is refused with its line', (change, message) => {
  expect(() => parseWaivers(file(change), 'w.yaml')).toThrow(message)
})

test('a waiver without a ticket is refused', () => {
  expect(() => parseWaivers(file({ ticket: ' ' }), 'w.yaml')).toThrow('at waivers.0.ticket')
})

test('the last day counts whole', () => {
  expect(standingOf(waiver, new Date('2027-01-20T23:59:59Z'))).toBe('in force')
  expect(standingOf(waiver, new Date('2027-01-21T00:00:00Z'))).toBe('expired')
  expect(standingOf(waiver, new Date('2026-10-31T23:59:59Z'))).toBe('not yet in force')
})
