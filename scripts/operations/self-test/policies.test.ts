import { expect, test } from 'vitest'
import { coverageTally, regoTally, tagsIn } from './policies.ts'

test('tests of Rego are counted, and failures named', () => {
  const report = JSON.stringify([{ package: 'data.plan.a_test', name: 'test_x' }, { package: 'data.plan.a_test', name: 'test_y', fail: true }])
  expect(regoTally(report)).toEqual({ passed: 1, failed: 1, skipped: 0, notes: ['data.plan.a_test.test_y failed'] })
  expect(regoTally('1 error occurred: rego_parse_error')).toMatchObject({ passed: 0, failed: 1 })
})

test('a line that no test runs is a failure with its place', () => {
  const report = (coverage: number, lines: object[]) => JSON.stringify({ coverage, files: { 'plan/a/a.rego': { not_covered: lines } } })
  expect(coverageTally(report(100, []))).toMatchObject({ passed: 1, failed: 0 })
  expect(coverageTally(report(99, [{ start: { row: 7 } }]))).toMatchObject({ failed: 1, notes: ['policies/plan/a/a.rego:7 is run by no test'] })
})

test('the requirements of a case are read from its text; what is no requirement is none', () => {
  expect(tagsIn("test('x', { tags: ['FR-001', 'SC-001'] }, async () => {})")).toEqual(['FR-001', 'SC-001'])
  expect(tagsIn("const tags: ['db', 'FR-999'] = []")).toEqual([])
  expect(tagsIn('')).toEqual([])
})
