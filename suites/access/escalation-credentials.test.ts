import { expect, test } from '../lib/case.ts'
import { refuseUndecided } from '../lib/undecided.ts'

test(
  'no shipped identity gets at credentials beyond its job: not its neighbour\'s, not the platform\'s, not a token of somebody else',
  { tags: ['FR-003'], meta: { profile: 'nightly' } },
  async ({ escalation, evidence }) => {
    const { matrix, faults, doubts } = await escalation.group('A')
    evidence.observe('access matrix of group A of the catalogue: rows by identities, each beside its canary', matrix)
    expect(faults).toBeFaultless()
    refuseUndecided(doubts)
  },
)
