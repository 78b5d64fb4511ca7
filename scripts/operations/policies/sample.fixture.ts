import type { RuleVerdict } from './evaluate.ts'
import type { JudgeOptions } from './judge.ts'
import type { Rule } from './rules.ts'

export const bucketRule: Rule = {
  id: 'plan/bucket_private', room: 'plan', name: 'bucket_private', title: 'No bucket is open', requirements: ['NFR-002'], severity: 'high',
  message: 'a bucket is to be read with a key only, but {found}', solution: 'Set `acl`.',
}
export const tlsRule: Rule = { ...bucketRule, id: 'plan/database_tls', name: 'database_tls', requirements: ['FR-006'], message: 'TLS only, but {found}', dischargedBy: 'datastore/tls-demanded' }

export const waiver = {
  rule: 'plan/bucket_private', subject: 'b', owner: 'ann', approver: 'bob', reason: 'moves next month', ticket: 'CHG-7', from: '2026-11-01', expires: '2027-01-20',
}

/** A judge whose rules answer as is told. */
export function judging(answers: Record<string, RuleVerdict>, more: Partial<JudgeOptions> = {}): JudgeOptions {
  return { evaluate: () => new Map(Object.entries(answers)), rules: [bucketRule, tlsRule], waivers: [], now: new Date('2026-12-01T12:00:00Z'), whole: true, ...more }
}

export const answers: Record<string, RuleVerdict> = {
  bucket_private: { subjects: ['a', 'b'], deny: [{ subject: 'b', found: 'its access is $& public' }], unknown: [] },
  database_tls: { subjects: ['d'], deny: [], unknown: [{ subject: 'd', depends_on: 'ssl_connection' }] },
}
