import { expect, test } from '../lib/case.ts'
import { refuseUndecided } from '../lib/undecided.ts'

test(
  'no shipped identity gives itself rights or becomes somebody else',
  { tags: ['FR-003'], meta: { profile: 'nightly' } },
  async ({ escalation, evidence }) => {
    const { matrix, faults, doubts } = await escalation.group('B')
    evidence.observe('access matrix of group B of the catalogue: rows by identities, each beside its canary', matrix)
    expect(faults).toBeFaultless()
    refuseUndecided(doubts)
  },
)
