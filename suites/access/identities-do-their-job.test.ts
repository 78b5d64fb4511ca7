import { expect, test } from '../lib/case.ts'
import { refuseUndecided } from '../lib/undecided.ts'

test(
  'every shipped identity does with its own token what it is for, so that least privilege is not that nothing works',
  { tags: ['FR-003'], meta: { profile: 'nightly' } },
  async ({ escalation, evidence }) => {
    const { jobs } = await escalation.pass()
    evidence.observe('what each identity asked for that is its job, and who it is for the API server', jobs)
    expect(jobs.filter(({ attempt }) => attempt.verdict === 'forbidden').map(({ attempt }) =>
      `expected "${attempt.what}" to be allowed, since it is its job, but it was refused: ${attempt.message}`)).toBeFaultless()
    refuseUndecided(jobs.filter(({ attempt }) => attempt.verdict !== 'allowed').map(({ attempt }) => `expected "${attempt.what}" to be allowed, but the answer was ${attempt.status} ${attempt.message}`))
  },
)
