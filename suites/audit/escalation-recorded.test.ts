import { expect, test } from '../lib/case.ts'
import { auditRecordsAfter, verifierName } from '../lib/platform/audit.ts'
import { escalate, look } from '../lib/platform/audit-requests.ts'

/** How far the clocks of the runner and of the API server may be apart. Milliseconds. */
const clocks = 5000

test(
  'an attempt to read a Secret of another environment is in the audit records with who, what, when and where',
  { tags: ['US-003.4', 'FR-010'] },
  async ({ platform, run, evidence }) => {
    const asked = { verb: 'get', resource: 'secrets', environment: 'production' } as const
    const attempt = await escalate(platform, asked, `recorded-${run.label}`)
    const control = await look(platform, asked.environment, `control-recorded-${run.label}`)
    const records = await auditRecordsAfter(platform, attempt.mark, control.mark)
    evidence.observe('the attempt, the allowed request after it, and what the log store holds of the attempt', { attempt, control, records })

    expect(attempt.attempt).toBeDenied({ control: control.attempt })
    expect(records.length, `records of ${attempt.attempt.what} in the log store, while the later ${control.attempt.what} has one`).toBeGreaterThan(0)
    const wanted = {
      'user.username': verifierName,
      'verb': asked.verb,
      'objectRef.resource': asked.resource,
      'objectRef.name': attempt.mark,
      'objectRef.namespace': platform.namespaceOf(asked.environment),
      'environment': asked.environment,
      'responseStatus.code': '403',
      'annotations.authorization.k8s.io/decision': 'forbid',
    }
    expect(records.flatMap((record) => Object.entries(wanted).flatMap(([field, value]) =>
      record[field] === value ? [] : [`expected the field ${field} of the record to say ${value}, but it says ${record[field] ?? 'nothing'}`]))).toBeFaultless()
    expect(records.flatMap((record) => {
      const at = Date.parse(record['_time'] ?? '')
      const known = at >= attempt.sent.getTime() - clocks && at <= attempt.answered.getTime() + clocks
      return [
        ...known ? [] : [`expected the record to say that the request came at ${attempt.sent.toISOString()}, but it says ${record['_time'] ?? 'nothing'}`],
        ...(record['sourceIPs'] ?? '') === '' ? ['expected the record to say which address the request came from, but it says nothing'] : [],
      ]
    })).toBeFaultless()
  },
)
