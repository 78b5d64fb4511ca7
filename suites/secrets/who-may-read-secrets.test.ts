import { intendedSecretAccess } from '../intent/secrets.ts'
import { expect, test } from '../lib/case.ts'
import { reviewAccess } from '../lib/platform/attempts.ts'

test(
  'the Secrets of an environment are read by its administrators, and by nobody with another profile or of another environment',
  { tags: ['SC-005', 'FR-005', 'US-003.2'] },
  async ({ platform, evidence }) => {
    const answers = await reviewAccess(platform, intendedSecretAccess)
    evidence.observe('what the live authorizer answers about every holder and the Secrets of every environment', answers.map(({ row, allowed, reason }) =>
      ({ id: row.id, intended: row.intended, allowed, reason })))

    expect(answers.filter(({ row, allowed }) => (row.intended === 'allow') !== allowed).map(({ row, allowed, reason }) =>
      `expected "${row.id}" to be ${row.intended === 'allow' ? 'allowed' : 'denied'}, but the authorizer ${allowed ? `allows it (${reason})` : 'denies it'}`)).toBeFaultless()
  },
)
