import { expect, test } from 'vitest'
import { judge } from '../policies/judge.ts'
import { policyFinding } from '../policies/policy-findings.ts'
import { answers, judging } from '../policies/sample.fixture.ts'
import { describePolicy, policyRecordSchema, recordOf, refuseDenied, summaryOf } from './policy-verdict.ts'

const judged = judge({ plan: [{}] }, judging(answers))

test('what is denied stops the run with exit code 1, the rules in the first line, and what to do', () => {
  expect(() => refuseDenied(judged, 'plan')).toThrow(expect.objectContaining({
    exitCode: 1,
    message: [
      'Nothing was applied: the policies deny it (plan/bucket_private). Mend it as said below, or have it waived (docs/platform/policies.md).',
      'plan/bucket_private (high, NFR-002): b: a bucket is to be read with a key only, but its access is $& public. Set `acl`.',
    ].join('\n'),
  }) as Error)
  expect(() => refuseDenied(judged, 'releases')).toThrow('No release was installed or changed: the policies deny it')
})

test('a bad list of waivers stops the run too', () => {
  expect(() => refuseDenied({ findings: [], problems: ['It expired.'] }, 'plan')).toThrow('Nothing was applied: the list of waivers is not good.')
})

test('what is only unknown goes on, and stays in the record with who looks at it', () => {
  const findings = judged.findings.filter(({ verdict }) => verdict !== 'deny')
  refuseDenied({ findings, problems: [] }, 'plan')
  const record = policyRecordSchema.parse(recordOf({ findings, digest: 'sha256:p' }, 'sha256:q', findings.map(policyFinding).filter((finding) => finding !== undefined)))
  expect(record).toEqual({
    policies: 'sha256:p', planDigest: 'sha256:q', denied: 0, waived: 0, unknown: 1, allowed: 1, denials: [],
    open: [{ rule: 'plan/database_tls', subject: 'd', dischargedBy: 'datastore/tls-demanded' }],
    findings: [{
      rule: 'plan/database_tls', title: 'No bucket is open', severity: 'high', requirements: ['FR-006'], solution: 'Set `acl`.',
      subject: 'd', verdict: 'unknown', dependsOn: 'ssl_connection', dischargedBy: 'datastore/tls-demanded',
    }],
  })
  expect(describePolicy(record)).toEqual(['? plan/database_tls: d is not known before the apply; the case datastore/tls-demanded looks at it afterwards'])
})

test('the record of a refused run names the rules', () => {
  expect(recordOf({ ...judged, digest: 'sha256:p' }, 'sha256:q', []).denials).toEqual([{ rule: 'plan/bucket_private', subject: 'b' }])
  expect(summaryOf(judged.findings)).toBe('1 denied, 0 waived, 1 unknown, 1 allowed')
})
