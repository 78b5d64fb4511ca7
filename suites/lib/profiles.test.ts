import { describe, expect, test } from 'vitest'
import { holds, later, leftOut, profileIn, profiles, purposes } from './profiles.ts'

describe('profiles', () => {
  test('each holds itself and those before it', () => {
    const held = profiles.map((profile) => profiles.filter((least) => holds(profile, least)))
    expect(held).toEqual([['smoke'], ['smoke', 'nightly'], ['smoke', 'nightly', 'gameday']])
    expect(later('smoke', 'gameday')).toBe('gameday')
    expect(later('nightly', 'smoke')).toBe('nightly')
    expect(Object.keys(purposes)).toEqual(profiles)
  })

  test('a case names its profile in one form only', () => {
    expect(profileIn('test(\'a\', { tags: [\'FR-001\'] }, () => {})', 'suites/a.test.ts')).toBe('smoke')
    expect(profileIn('{ tags: [\'FR-001\'], meta: { profile: \'gameday\' } }', 'suites/a.test.ts')).toBe('gameday')
    for (const meta of ['meta: { profile: \'weekly\' }', 'meta: { profile }', 'meta: { profile: \'smoke\' } meta: { profile: \'nightly\' }']) {
      expect(() => profileIn(meta, 'suites/a.test.ts'), meta).toThrow('Expected suites/a.test.ts to name its profile once, as meta: { profile: \'smoke\' | \'nightly\' | \'gameday\' }, got meta: {')
    }
  })

  test('a case that is left out was not run, and says what would run it', () => {
    expect(leftOut({ id: 'slo/load', file: 'suites/slo/load.test.ts', title: 'a load', requirements: ['NFR-008'], profile: 'nightly' }, 'smoke')).toEqual({
      id: 'slo/load', file: 'suites/slo/load.test.ts', title: 'a load', requirements: ['NFR-008'], evidence: [],
      verdict: 'not-run', reason: 'the profile smoke leaves it out; "plumbline conform --profile nightly" runs it',
    })
  })
})
