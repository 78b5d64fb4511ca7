import { expect, test } from 'vitest'
import type { CaseResult, RequirementResult } from '../../../reports/model/results.ts'
import type { Verdict } from '../../../reports/model/verdict.ts'
import { judge } from './judge.ts'

const breach = { case: 'isolation/egress-alone', requirement: 'FR-009', expects: { verdict: 'violated', requirements: ['FR-009', 'FR-003'] } } as const

function found(owner: Verdict, verdicts: Record<string, Verdict>) {
  const one: CaseResult = { id: 'isolation/egress-alone', file: 'f', title: 't', requirements: ['FR-009'], verdict: owner, reason: 'it was delivered', evidence: [] }
  const requirements = Object.entries(verdicts).map(([id, verdict]): RequirementResult => ({ id, kind: 'functional', title: id, stories: [], verdict, cases: [] }))
  return { cases: [one], requirements }
}

test('is caught when the owning case says so and exactly the declared requirements are found', () => {
  expect(judge(breach, found('violated', { 'FR-009': 'violated', 'FR-003': 'violated', 'SC-004': 'not-run', 'FR-001': 'indeterminate' })))
    .toEqual({ caught: true, by: 'isolation/egress-alone', reason: 'it was delivered', missed: [] })
})

test('is not caught by a suite that stays green', () => {
  expect(judge(breach, found('satisfied', { 'FR-009': 'satisfied', 'FR-003': 'satisfied' }))).toEqual({
    caught: false,
    by: null,
    reason: 'it was delivered',
    missed: [
      'expected the case isolation/egress-alone to be violated, but it is satisfied',
      'expected FR-009, FR-003 to be violated too, but they are not',
    ],
  })
})

test('is not caught by a suite that turns everything red', () => {
  const { caught, by, missed } = judge(breach, found('violated', { 'FR-009': 'violated', 'FR-003': 'violated', 'FR-001': 'violated', 'SC-001': 'violated' }))
  expect({ caught, by, missed }).toEqual({ caught: false, by: 'isolation/egress-alone', missed: ['expected nothing else to be violated, but FR-001, SC-001 are'] })
})

test('a requirement of which a quick look left cases out may be silent, but for the one that the breach is about', () => {
  const silent = found('violated', { 'FR-009': 'violated', 'FR-003': 'satisfied' })
  expect(judge(breach, silent, new Set(['FR-003'])).caught).toBe(true)
  expect(judge(breach, silent).missed).toEqual(['expected FR-003 to be violated too, but they are not'])
  expect(judge(breach, found('violated', { 'FR-009': 'satisfied', 'FR-003': 'violated' }), new Set(['FR-009'])).caught).toBe(false)
})

test('what must not be decidable may not be found violated either', () => {
  const blind = { ...breach, expects: { verdict: 'indeterminate', requirements: ['FR-009'] } } as const
  expect(judge(blind, found('indeterminate', { 'FR-009': 'indeterminate', 'FR-001': 'not-run' })).caught).toBe(true)
  expect(judge(blind, found('indeterminate', { 'FR-009': 'indeterminate', 'FR-001': 'violated' })).missed).toEqual(['expected nothing else to be violated, but FR-001 are'])
})

test('the case must be there and own the requirement', () => {
  expect(judge({ ...breach, case: 'isolation/none' }, found('violated', { 'FR-009': 'violated', 'FR-003': 'violated' })).missed)
    .toEqual(['expected the case isolation/none to find FR-009 violated, but there is no such case'])
  expect(judge({ ...breach, requirement: 'FR-003' }, found('violated', { 'FR-009': 'violated', 'FR-003': 'violated' })).missed)
    .toEqual(['expected the case isolation/egress-alone to be tagged with FR-003, but it has FR-009'])
})
