import { intendedAccess } from '../intent/access.ts'
import { expect, test } from '../lib/case.ts'
import { reviewAccess } from '../lib/platform/attempts.ts'

test(
  'holders of a profile can do in their own environment what the profile is for, and nothing in any other',
  { tags: ['FR-001', 'US-001.1'] },
  async ({ platform, evidence }) => {
    const answers = await reviewAccess(platform, intendedAccess)
    evidence.observe('what the live authorizer answers about every holder in every environment', answers.map(({ row, allowed, reason }) =>
      ({ id: row.id, intended: row.intended, allowed, reason })))

    // The allowed rows are the control of the others: an authorizer that says no to everything proves nothing.
    expect(answers.filter(({ row, allowed }) => (row.intended === 'allow') !== allowed).map(({ row, allowed, reason }) =>
      `expected "${row.id}" to be ${row.intended === 'allow' ? 'allowed' : 'denied'}, but the authorizer ${allowed ? `allows it (${reason})` : 'denies it'}`)).toBeFaultless()
  },
)
