import { expect, test } from 'vitest'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import type { CaseResult } from '../../../reports/model/results.ts'
import type { Verdict } from '../../../reports/model/verdict.ts'
import { goTally } from './go.ts'
import { breachTally, caseTally } from './sandbox.ts'
import { inWords } from './stage.ts'
import { terraformTally } from './terraform.ts'
import { unitTally } from './typescript.ts'

test('unit tests: a file that does not load is a failure although none of its tests ran', () => {
  const report = {
    numPassedTests: 3, numFailedTests: 1, numPendingTests: 1, numTodoTests: 0,
    testResults: [
      { name: `${repository}/a.test.ts`, status: 'failed', message: '', assertionResults: [{ fullName: 'adds', status: 'failed', failureMessages: ['expected 1 to be 2\nat …'] }] },
      { name: `${repository}/b.test.ts`, status: 'failed', message: 'Cannot find module', assertionResults: [] },
    ],
  }
  expect(unitTally(JSON.stringify(report))).toEqual({ passed: 3, failed: 2, skipped: 1, notes: ['a.test.ts: adds: expected 1 to be 2', 'b.test.ts: Cannot find module'] })
})

test('Go tests: tests count, packages do not, and a failure brings what it said', () => {
  const lines = [
    { Action: 'pass', Package: 'p', Test: 'TestA' },
    { Action: 'output', Package: 'p', Test: 'TestB', Output: '    b_test.go:7: expected 1, got 2\n' },
    { Action: 'fail', Package: 'p', Test: 'TestB' },
    { Action: 'skip', Package: 'p', Test: 'TestC' },
    { Action: 'fail', Package: 'p' },
  ]
  expect(goTally(lines.map((line) => JSON.stringify(line)).join('\n'))).toEqual({ passed: 1, failed: 1, skipped: 1, notes: ['p TestB: b_test.go:7: expected 1, got 2'] })
})

test('terraform tests: errored runs are failures, and no summary is one too', () => {
  const summary = JSON.stringify({ type: 'test_summary', test_summary: { status: 'error', passed: 4, failed: 1, errored: 2, skipped: 3 } })
  const error = JSON.stringify({ '@level': 'error', '@message': 'Error: Invalid value' })
  expect(terraformTally(`${error}\n${summary}\n`)).toEqual({ passed: 4, failed: 3, skipped: 3, notes: ['Error: Invalid value'] })
  expect(terraformTally('').failed).toBe(1)
})

test('cases: only satisfied passes, unknown fails, and what has no case yet is not counted', () => {
  const one = (id: string, verdict: Verdict): CaseResult => ({ id, file: 'f', title: 't', requirements: ['FR-001'], verdict, reason: 'so', evidence: [] })
  const cases = [one('a', 'satisfied'), one('b', 'violated'), one('c', 'indeterminate'), one('d', 'not-run'), one('outstanding/FR-001/1', 'not-run')]
  expect(caseTally({ cases, footprint: { created: [], removed: [], leftovers: [], unverified: [] } }))
    .toEqual({ passed: 1, failed: 2, skipped: 1, notes: ['b is violated: so', 'c is indeterminate: so', 'd is not-run: so'] })
  expect(caseTally({ cases, footprint: { created: [], removed: [], leftovers: [], unverified: [] } }, { entirely: ['a', 'b'], undecided: ['c'] }))
    .toEqual({ passed: 1, failed: 0, skipped: 3, notes: ['b is violated: so', 'c is indeterminate: so', 'd is not-run: so'] })
  expect(caseTally({ cases, footprint: { created: [], removed: [], leftovers: [], unverified: [] } }, { entirely: [], undecided: ['b', 'c'] }).notes[0]).toBe('b is violated: so')
  expect(caseTally({ cases: [one('a', 'satisfied')], footprint: { created: ['Pod a'], removed: [], leftovers: ['Pod a'], unverified: [] } }))
    .toEqual({ passed: 1, failed: 1, skipped: 0, notes: ['left on the platform: Pod a'] })
})

test('breaches: those that were never tried are failures', () => {
  const result = { id: 'x', requirement: 'FR-001', caught: true, by: 'c', restored: true, title: 't', reason: 'r', seconds: 1 }
  expect(breachTally([result, { ...result, id: 'y', restored: false }], 4)).toEqual({ passed: 1, failed: 3, skipped: 0, notes: ['y: r'] })
})

test('the last line', () => {
  expect(inWords({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed')
  expect(inWords({ passed: 12, failed: 1, skipped: 2 })).toBe('12 passed, 1 failed, 2 skipped')
})
