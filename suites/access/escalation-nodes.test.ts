import { expect, test } from '../lib/case.ts'
import { refuseUndecided } from '../lib/undecided.ts'

test(
  'no pod reaches its node in any environment, and no shipped identity reaches nodes',
  { tags: ['FR-003'], meta: { profile: 'nightly' } },
  async ({ escalation, evidence }) => {
    const { matrix, faults, doubts } = await escalation.group('D')
    evidence.observe('access matrix of group D of the catalogue: rows by identities, each beside its canary', matrix)
    expect(faults).toBeFaultless()
    refuseUndecided(doubts)
  },
)
