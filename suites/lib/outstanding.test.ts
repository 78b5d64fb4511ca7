import { describe, expect, test } from 'vitest'
import { outstandingCases } from './outstanding.ts'

describe('what is outstanding', () => {
  test('is a case that was not run, for each sentence', () => {
    expect(outstandingCases(['SC-004'])).toEqual([{
      id: 'outstanding/SC-004/1',
      file: 'suites/requirements/catalogue.ts',
      title: 'the matrix computed from the rendered policies agrees with the intent and with what was observed',
      requirements: ['SC-004'],
      verdict: 'not-run',
      reason: 'no case proves this part of the requirement yet',
      evidence: [],
    }])
  })

  test('is nothing for a requirement that is proved whole', () => {
    expect(outstandingCases(['US-003.1'])).toEqual([])
  })
})
