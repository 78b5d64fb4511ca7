import { objectives } from '../intent/objectives.ts'
import { expect, test } from '../lib/case.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { accessRecordsOf } from '../lib/platform/access-records.ts'
import { issue, lastLine, revoke } from '../lib/probes/issued.ts'

const day = 24 * 3600 * 1000
/** A retention that was just set is this much shorter when it is read. Milliseconds. */
const since = 10 * 60 * 1000

test(
  'issuing and revoking access each leave a record of who, whom and when in the audit bucket, which a key that may write there cannot delete',
  { tags: ['FR-002'], meta: { profile: 'nightly' } },
  async ({ platform, commandLine, run, redactor, evidence }) => {
    const credentials = await issue({ commandLine, run, redactor }, { environment: 'production', profile: 'viewer', purpose: 'recorded' })
    const revoked = await revoke({ commandLine, run }, credentials)
    if (revoked.exitCode !== 0) throw new IndeterminateError(`expected the access to be revoked, but the command ended with ${revoked.exitCode}: ${lastLine(revoked)}`)
    const records = await accessRecordsOf(platform, credentials.person)
    evidence.observe('records about the person in the audit bucket', { bucket: platform.audit.name, records })
    expect(records.map(({ action, environment, profile }) => ({ action, environment, profile })), `records about ${credentials.person}`).toEqual([
      { action: 'issued', environment: 'production', profile: 'viewer' }, { action: 'revoked', environment: 'production', profile: 'viewer' },
    ])
    expect(records[0]?.expiresAt, 'end of the access in its record').toBe(credentials.expiresAt)
    expect(records[1]?.refusals?.map(({ status }) => status), 'refusals in the record of the revocation').toEqual([403, 401])

    const control = await platform.auditLock.deleteMarker((await platform.auditLock.mark(`conformance/access-${run.id}.json`, objectives.auditRetentionDays)).key)
    for (const { key } of records) {
      const [version] = (await platform.audit.versions(key)).filter((one) => one.key === key && !one.deleted)
      if (version === undefined) throw new IndeterminateError(`expected a version of ${key} in ${platform.audit.name}, but there is none`)
      const retention = await platform.auditLock.retention(version)
      const attempt = await platform.auditLock.deleteVersion(version)
      evidence.observe(`the lock of ${key}`, { retention, attempt, control })
      expect(retention?.mode, `mode of the retention of ${key}`).toBe('COMPLIANCE')
      expect((retention?.until.getTime() ?? 0) - version.at.getTime(), `milliseconds that ${key} is held`).toBeGreaterThanOrEqual(objectives.auditRetentionDays * day - since)
      expect(attempt).toBeDenied({ control })
    }
  },
)
