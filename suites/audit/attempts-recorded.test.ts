import { expect, test } from '../lib/case.ts'
import { faultOfRecord, recordsOfAttempts } from '../lib/platform/attempt-records.ts'
import { look } from '../lib/platform/audit-requests.ts'
import { refuseUndecided } from '../lib/undecided.ts'

test(
  'every attempt of every shipped identity to escalate is in the audit records, with who, what and which answer',
  { tags: ['US-003.4'], meta: { profile: 'nightly' } },
  async ({ escalation, platform, run, evidence }) => {
    const { tried } = await escalation.pass()
    const control = await look(platform, 'production', `control-attempts-${run.label}`)
    const records = await recordsOfAttempts(platform, run.label, control.mark)
    const faults = tried.flatMap((one) => faultOfRecord(one, records.get(one.mark)) ?? [])
    evidence.observe('attempts and their audit records in the log store', {
      control, attempts: tried.length, records: records.size, faults, tried: tried.map(({ mark, user, what, status }) => ({ mark, user, what, status, recordedAs: records.get(mark)?.['_msg'] })),
    })
    expect(faults).toBeFaultless()
    refuseUndecided(tried.length === 0 ? ['expected attempts, but none was made'] : [])
  },
)
