import { expect, test } from 'vitest'
import { planSuites } from '../../../suites/lib/run.ts'
import { UsageFailure } from '../../console/failure.ts'
import { chosen, loadBreaches } from './catalogue.ts'

test('every breach is filed under its requirement, told apart by its id, and owned by a case that is there', async () => {
  const breaches = await loadBreaches()
  const cases = await planSuites()
  expect(breaches.length).toBeGreaterThanOrEqual(12)
  expect(new Set(breaches.map(({ id }) => id)).size).toBe(breaches.length)
  for (const { id, requirement, case: owner, expects } of breaches) {
    const found = cases.find((one) => one.id === owner)
    expect(found?.requirements, `requirements of ${owner}, the case of ${id}`).toContain(requirement)
    expect(expects.requirements, `what ${id} is expected to break`).toContain(requirement)
  }
})

test('an unknown breach is a usage error with the nearest', async () => {
  const all = await loadBreaches()
  expect(() => chosen(all, ['quota-remove'])).toThrow(UsageFailure)
  expect(() => chosen(all, ['quota-remove'])).toThrow('Unknown breach "quota-remove": expected one of ')
  expect(() => chosen(all, ['quota-remove'])).toThrow(' Did you mean quota-removed?')
  expect(chosen(all, ['quota-removed']).map(({ id }) => id)).toEqual(['quota-removed'])
  expect(chosen(all, [])).toEqual(all)
})
