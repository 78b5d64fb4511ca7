import { expect, test } from '../lib/case.ts'
import { approvedSpec, overrideRecord, standingOverrides } from '../lib/platform/overrides.ts'
import { faultsOf } from '../lib/platform/override-faults.ts'

test(
  'every override that stands in an environment has an end that has not passed, and opens what somebody else approved, no more and no less',
  { tags: ['FR-009', 'NFR-003'] },
  async ({ platform, evidence }) => {
    const standing = await standingOverrides(platform)
    const now = new Date()
    const known = await Promise.all(standing.map(async (policy) => {
      const record = policy.approval === undefined ? undefined : await overrideRecord(platform, policy.approval)
      return { policy, record, approved: record?.request === undefined ? undefined : approvedSpec(record.request, policy.namespace) }
    }))
    evidence.observe('network policies with the label of an override, and the record of each', { now, known })

    expect(known.flatMap((one) => faultsOf(one, now))).toBeFaultless()
  },
)
