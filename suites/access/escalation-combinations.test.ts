import { expect, test } from '../lib/case.ts'
import { refuseUndecided } from '../lib/undecided.ts'

test(
  'no shipped identity holds rights that are dangerous together',
  { tags: ['FR-003'], meta: { profile: 'nightly' } },
  async ({ escalation, evidence }) => {
    const { matrix, faults, doubts } = await escalation.group('F')
    evidence.observe('access matrix of group F of the catalogue: rows by identities, each beside its canary', matrix)
    expect(faults).toBeFaultless()
    refuseUndecided(doubts)
  },
)
