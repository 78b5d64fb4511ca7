import { describe, expect, it } from 'vitest'
import { compare, noComparison } from './changes.ts'
import type { Verdict } from './verdict.ts'

const requirements = (standing: Readonly<Record<string, Verdict>>) => Object.entries(standing).map(([id, verdict]) => ({ id, verdict }))
const before = {
  runId: '01K9Q4T5V8Z3N6M2R7X1C0B4D9',
  finishedAt: '2025-11-22T02:02:41.907Z',
  verdict: 'violated' as const,
  requirements: requirements({ a: 'satisfied', b: 'violated', c: 'indeterminate', d: 'satisfied', e: 'not-run', f: 'violated', g: 'satisfied', h: 'not-run' }),
}

describe('what changed since the last run', () => {
  it('tells new, fixed, still, lost and gained apart', () => {
    const now = requirements({ a: 'violated', b: 'satisfied', c: 'violated', d: 'not-run', e: 'satisfied', f: 'not-run', g: 'waived', h: 'not-run', i: 'stale' })
    expect(compare(before, { requirements: now })).toEqual({
      previous: { runId: '01K9Q4T5V8Z3N6M2R7X1C0B4D9', finishedAt: '2025-11-22T02:02:41.907Z', verdict: 'violated' },
      note: '6 of 9 requirements changed their standing since that run.',
      new: [{ id: 'a', from: 'satisfied', to: 'violated' }, { id: 'i', from: null, to: 'stale' }],
      fixed: [{ id: 'b', from: 'violated', to: 'satisfied' }],
      still: [{ id: 'c', from: 'indeterminate', to: 'violated' }],
      lost: [{ id: 'd', from: 'satisfied', to: 'not-run' }, { id: 'f', from: 'violated', to: 'not-run' }],
      gained: [{ id: 'e', from: 'not-run', to: 'satisfied' }],
    })
  })

  it('says when nothing did, and when there is nothing to compare with', () => {
    expect(compare(before, before)).toMatchObject({ note: 'No requirement changed its standing since that run.', new: [], fixed: [], lost: [], gained: [] })
    expect(noComparison('First run.')).toEqual({ previous: null, note: 'First run.', new: [], fixed: [], still: [], lost: [], gained: [] })
  })
})
