import { describe, expect, test } from 'vitest'
import type { Requirement } from '../requirements/catalogue.ts'
import { outstandingCases } from './outstanding.ts'

const half: Requirement = { id: 'SC-004', kind: 'success', title: 'Traffic is blocked.', stories: ['US-003'], remaining: ['it is blocked at night'] }

describe('what is outstanding', () => {
  test('is a case that was not run, for each sentence', () => {
    expect(outstandingCases(['SC-004'], [half])).toEqual([{
      id: 'outstanding/SC-004/1',
      file: 'suites/requirements/catalogue.ts',
      title: 'it is blocked at night',
      requirements: ['SC-004'],
      verdict: 'not-run',
      reason: 'no case proves this part of the requirement yet',
      evidence: [],
    }])
  })

  test('is nothing for a requirement that is proved whole, or that was not asked about', () => {
    expect(outstandingCases(['US-003.1'])).toEqual([])
    expect(outstandingCases(['US-003.1'], [half])).toEqual([])
  })
})
