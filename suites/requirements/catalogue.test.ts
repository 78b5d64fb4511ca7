import { describe, expect, test } from 'vitest'
import { catalogue, isRequirementId, partsOf, requirementIds } from './catalogue.ts'

describe('the catalogue', () => {
  test('holds every id of the specification once', () => {
    const numbered = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}-${String(index + 1).padStart(3, '0')}`)
    const scenarios = { 'US-001': 4, 'US-002': 3, 'US-003': 4 }
    const stories = Object.entries(scenarios).flatMap(([id, count]) => [id, ...Array.from({ length: count }, (_, index) => `${id}.${index + 1}`)])
    expect([...requirementIds].sort()).toEqual([...stories, ...numbered('FR', 10), ...numbered('NFR', 9), ...numbered('SC', 7)].sort())
  })

  test('carries the traceability matrix', () => {
    const traced = (story: string) => catalogue.filter((entry) => entry.kind !== 'story' && entry.stories.some((id) => id === story)).map((entry) => entry.id)
    expect(traced('US-001')).toEqual(['FR-001', 'FR-002', 'FR-003', 'FR-007', 'FR-010', 'NFR-001', 'NFR-006', 'NFR-009', 'SC-001', 'SC-002', 'SC-007'])
    expect(traced('US-002')).toEqual(['FR-002', 'FR-004', 'FR-006', 'FR-008', 'NFR-004', 'NFR-005', 'NFR-006', 'NFR-008', 'SC-002', 'SC-003', 'SC-006'])
    expect(traced('US-003')).toEqual([
      'FR-003', 'FR-005', 'FR-008', 'FR-009', 'FR-010', 'NFR-002', 'NFR-003', 'NFR-004', 'NFR-007', 'NFR-009', 'SC-004', 'SC-005', 'SC-006', 'SC-007',
    ])
  })

  test('knows the scenarios of a story', () => {
    expect(partsOf('US-002')).toEqual(['US-002.1', 'US-002.2', 'US-002.3'])
    expect(partsOf('FR-001')).toEqual(['FR-001'])
  })

  test('refuses what is not in it', () => {
    expect(isRequirementId('FR-001')).toBe(true)
    expect(isRequirementId('FR-011')).toBe(false)
  })
})
