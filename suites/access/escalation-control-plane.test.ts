import { expect, test } from '../lib/case.ts'
import { refuseUndecided } from '../lib/undecided.ts'

test(
  'no shipped identity changes admission, segmentation or the control plane',
  { tags: ['FR-003'], meta: { profile: 'nightly' } },
  async ({ escalation, evidence }) => {
    const { matrix, faults, doubts } = await escalation.group('E')
    evidence.observe('access matrix of group E of the catalogue: rows by identities, each beside its canary', matrix)
    expect(faults).toBeFaultless()
    refuseUndecided(doubts)
  },
)
