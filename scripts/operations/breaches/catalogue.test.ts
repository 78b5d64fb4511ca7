import { beforeAll, expect, test } from 'vitest'
import type { Breach } from '../../../fixtures/breaches/breach.ts'
import { planSuites } from '../../../suites/lib/run.ts'
import type { PlannedCase } from '../../../suites/lib/run.ts'
import { UsageFailure } from '../../console/failure.ts'
import { chosen, loadBreaches } from './catalogue.ts'

let breaches: Breach[] = []
let cases: PlannedCase[] = []
beforeAll(async () => {
  breaches = await loadBreaches()
  cases = await planSuites()
}, 60_000)

/** Requirements of which at least three breaches must be there, whatever other requirements they break too. */
const thrice = ['FR-001', 'FR-002', 'FR-003', 'FR-004', 'FR-007', 'FR-009', 'FR-010', 'NFR-006', 'NFR-009', 'SC-001', 'SC-002', 'SC-003', 'SC-004', 'US-001.1', 'US-001.2', 'US-002.1', 'US-002.2', 'US-002.3', 'US-003.1']

test('every breach is filed under its requirement, told apart by its id, and owned by a case that is there', () => {
  expect(new Set(breaches.map(({ id }) => id)).size).toBe(breaches.length)
  for (const { id, requirement, case: owner, expects } of breaches) {
    const found = cases.find((one) => one.id === owner)
    expect(found?.requirements, `requirements of ${owner}, the case of ${id}`).toContain(requirement)
    expect(expects.requirements, `what ${id} is expected to break`).toContain(requirement)
  }
})

test('a breach names every case', () => {
  const owners = new Set(breaches.map(({ case: owner }) => owner))
  expect(cases.map(({ id }) => id).filter((id) => !owners.has(id))).toEqual([])
})

test('a requirement is broken in three ways at least', () => {
  const ways = thrice.map((requirement) => [requirement, breaches.filter((one) => one.requirement === requirement).length] as const)
  expect(ways.filter(([, count]) => count < 3)).toEqual([])
})

test('an unknown breach is a usage error with the nearest', () => {
  expect(() => chosen(breaches, ['quota-remove'])).toThrow(UsageFailure)
  expect(() => chosen(breaches, ['quota-remove'])).toThrow('Unknown breach "quota-remove": expected one of ')
  expect(() => chosen(breaches, ['quota-remove'])).toThrow(' Did you mean quota-removed?')
  expect(chosen(breaches, ['quota-removed']).map(({ id }) => id)).toEqual(['quota-removed'])
  expect(chosen(breaches, [])).toEqual(breaches)
})
