import { expect, test } from 'vitest'
import type { PlannedCase } from '../../../suites/lib/run.ts'
import { leftOutOf, needsProbes, scopeOf, union } from './scope.ts'

const planned = (id: string, requirements: PlannedCase['requirements'], profile: PlannedCase['profile'] = 'smoke'): PlannedCase =>
  ({ id, file: `suites/${id}.test.ts`, title: id, requirements, profile })
const all = [
  planned('isolation/crossing', ['SC-004', 'FR-001']),
  planned('environments/quota', ['FR-001']),
  planned('environments/names', ['SC-001', 'US-001.1']),
  planned('slo/load', ['FR-001'], 'nightly'),
  planned('drills/node', ['FR-001', 'NFR-007'], 'gameday'),
]
const breach = (owner: string, requirement: string, ...more: string[]) =>
  ({ case: owner, requirement, expects: { verdict: 'violated' as const, requirements: [requirement, ...more] } })

test('the cases that share a requirement with the breach, by its own and by those it must break', () => {
  expect(scopeOf(breach('environments/quota', 'FR-001'), all)).toEqual({ cases: ['environments/quota', 'isolation/crossing', 'slo/load'], profile: 'nightly' })
  expect(scopeOf(breach('isolation/crossing', 'SC-004', 'US-001.1'), all).cases).toEqual(['environments/names', 'isolation/crossing'])
})

test('a story does not bring in scenarios that are not declared', () => {
  expect(scopeOf(breach('environments/quota', 'FR-010', 'US-001'), all).cases).toEqual([])
})

test('drills are run only for a breach that a drill has to notice', () => {
  const scope = scopeOf(breach('drills/node', 'NFR-007'), all)
  expect(scope).toEqual({ cases: ['drills/node'], profile: 'gameday' })
  expect(union([scope, scopeOf(breach('environments/names', 'SC-001'), all)])).toEqual({ cases: ['drills/node', 'environments/names'], profile: 'gameday' })
})

test('a quick look leaves out what takes minutes, unless the breach is for such a case', () => {
  expect(scopeOf(breach('environments/quota', 'FR-001'), all, 'smoke')).toEqual({ cases: ['environments/quota', 'isolation/crossing'], profile: 'smoke' })
  expect(scopeOf(breach('slo/load', 'FR-001'), all, 'smoke')).toEqual({ cases: ['environments/quota', 'isolation/crossing', 'slo/load'], profile: 'nightly' })
})

test('what a quick look leaves out is known by requirement; drills never count', () => {
  const shares = breach('environments/quota', 'FR-001', 'SC-004')
  expect([...leftOutOf(scopeOf(shares, all, 'smoke'), all)]).toEqual(['SC-001', 'US-001.1', 'US-001', 'FR-001'])
  expect([...leftOutOf(scopeOf(shares, all), all)]).toEqual(['SC-001', 'US-001.1', 'US-001'])
})

test('probes are needed for traffic only', () => {
  expect(needsProbes({ cases: ['isolation/crossing'], profile: 'nightly' })).toBe(true)
  expect(needsProbes({ cases: ['environments/quota'], profile: 'nightly' })).toBe(false)
})

test('a case that leaves another value behind looks only at breaches that are its own', () => {
  const cases = [planned('secrets/written-process', ['FR-005']), planned('secrets/stored-encrypted', ['FR-005'])]
  expect(scopeOf(breach('secrets/stored-encrypted', 'FR-005'), cases).cases).toEqual(['secrets/stored-encrypted'])
  expect(scopeOf(breach('secrets/written-process', 'FR-005'), cases).cases).toEqual(['secrets/stored-encrypted', 'secrets/written-process'])
})

test('the case that finds everything done by hand looks only at breaches that are its own', () => {
  const cases = [planned('pipeline/drift', ['FR-010']), planned('audit/retention', ['FR-010'])]
  expect(scopeOf(breach('audit/retention', 'FR-010'), cases).cases).toEqual(['audit/retention'])
  expect(scopeOf(breach('pipeline/drift', 'FR-010'), cases).cases).toEqual(['audit/retention', 'pipeline/drift'])
})

test('beside a drill only what is seen within a minute looks, and no other drill', () => {
  const cases = [planned('drills/break-glass', ['FR-002'], 'gameday'), planned('drills/access-loss', ['FR-002'], 'gameday'), planned('access/waits', ['FR-002'], 'nightly'), planned('access/reads', ['FR-002'])]
  expect(scopeOf(breach('drills/break-glass', 'FR-002'), cases)).toEqual({ cases: ['access/reads', 'drills/break-glass'], profile: 'gameday' })
  expect(scopeOf(breach('access/waits', 'FR-002'), cases).cases).toEqual(['access/reads', 'access/waits'])
})
