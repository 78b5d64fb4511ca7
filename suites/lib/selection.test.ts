import { describe, expect, test } from 'vitest'
import { select, UnknownSelection, type PlannedCase } from './selection.ts'

const planned = (id: string, ...requirements: PlannedCase['requirements'][number][]): PlannedCase => ({ id, file: `suites/${id}.test.ts`, title: id, requirements, profile: 'smoke' })
const all = [
  planned('environments/pod-security', 'FR-001', 'FR-003'),
  planned('isolation/cross-environment-traffic', 'SC-004', 'FR-009', 'US-003.1'),
  planned('pipeline/state-versions', 'NFR-009'),
]
const ids = (only: string[], skip: string[]) => select(all, only, skip).cases.map(({ id }) => id)

describe('select', () => {
  test('takes everything when nothing is asked for', () => {
    expect(ids([], [])).toHaveLength(3)
    expect(select(all, [], []).requirements).toHaveLength(40)
  })

  test('takes requirements, stories with their scenarios, and cases', () => {
    expect(ids(['FR-003'], [])).toEqual(['environments/pod-security'])
    expect(ids(['US-003'], [])).toEqual(['isolation/cross-environment-traffic'])
    expect(ids(['pipeline/state-versions'], [])).toEqual(['pipeline/state-versions'])
    expect(select(all, ['US-003'], []).requirements).toEqual(['US-003', 'US-003.1', 'US-003.2', 'US-003.3', 'US-003.4'])
  })

  test('leaves out what is skipped', () => {
    expect(ids([], ['FR-009', 'pipeline/state-versions'])).toEqual(['environments/pod-security'])
    expect(ids(['FR-001'], ['FR-003'])).toEqual([])
  })

  test('refuses what is neither, and names what is near', () => {
    expect(() => select(all, ['FR-09'], [])).toThrow(UnknownSelection)
    expect(() => select(all, [], ['isolation/cross-environment'])).toThrow(
      'Expected the id of a requirement (such as FR-001) or of a case (such as isolation/cross-environment-traffic), got "isolation/cross-environment". '
      + 'The nearest are isolation/cross-environment-traffic. "plumbline conform --plan" lists them all.',
    )
    expect(() => select(all, ['zzzz'], [])).toThrow('got "zzzz". "plumbline conform --plan" lists them all.')
  })
})
