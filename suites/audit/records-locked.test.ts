import { objectives } from '../intent/objectives.ts'
import { expect, test } from '../lib/case.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { auditRecordsAfter, linesOf, placeOf } from '../lib/platform/audit.ts'
import { escalate, look } from '../lib/platform/audit-requests.ts'

const day = 24 * 3600 * 1000
/** A retention that was just set is this much shorter when it is read. Milliseconds. */
const since = 10 * 60 * 1000

test(
  'the audit record of a refused request lies in the locked bucket, and a key that may write there can neither delete nor overwrite it nor shorten its retention',
  { tags: ['FR-010', 'NFR-003'] },
  async ({ platform, run, evidence }) => {
    const { audit, auditLock } = platform
    const attempt = await escalate(platform, { verb: 'get', resource: 'secrets', environment: 'staging' }, `locked-${run.label}`)
    const control = await look(platform, 'staging', `control-locked-${run.label}`)
    const [record] = await auditRecordsAfter(platform, attempt.mark, control.mark)
    if (record === undefined) throw new IndeterminateError(`expected the audit record of ${attempt.attempt.what} in the log store, to follow it into the bucket, but it is not there`)
    const { key, line } = placeOf(record)
    const [version] = (await audit.versions(key)).filter((one) => one.key === key && !one.deleted)
    if (version === undefined) throw new IndeterminateError(`expected the object ${key} in the bucket ${audit.name}, which the log store names as the place of the record, but it is not there`)
    const before = await linesOf(platform, version)
    const retention = await auditLock.retention(version)
    evidence.observe('the record as it lies in the bucket, with its retention', { bucket: audit.name, key, line, versionId: version.versionId, record: before[line - 1], retention })

    expect(before[line - 1], `line ${line} of ${key}`).toContain(attempt.mark)
    expect(retention?.mode, `mode of the retention of ${key}`).toBe('COMPLIANCE')
    const held = retention?.until ?? new Date(NaN)
    expect(held.getTime() - version.at.getTime(), `milliseconds that ${key} is held`).toBeGreaterThanOrEqual(objectives.auditRetentionDays * day - since)

    // The controls: the same key deletes a version and sets a retention in the same bucket, where the lock has nothing against it.
    const mark = await auditLock.mark(`conformance/${run.id}.json`, objectives.auditRetentionDays)
    const mayDelete = await auditLock.deleteMarker(mark.key)
    const mayRetain = await auditLock.retain(version, { mode: 'COMPLIANCE', until: held })
    const sooner = new Date(Date.now() + day)
    const attempts = {
      deleted: await auditLock.deleteVersion(version),
      bypassed: await auditLock.deleteVersion(version, { bypass: true }),
      shortened: await auditLock.retain(version, { mode: 'COMPLIANCE', until: sooner }),
      weakened: await auditLock.retain(version, { mode: 'GOVERNANCE', until: sooner }, { bypass: true }),
    }
    const overwriting = await auditLock.mark(mark.key, objectives.auditRetentionDays)
    const after = { lines: await linesOf(platform, version), retention: await auditLock.retention(version), marks: (await audit.versions(mark.key)).map(({ versionId }) => versionId) }
    evidence.observe('attempts of a key that may write, and what the store said', { controls: { mayDelete, mayRetain }, attempts, overwriting, marks: after.marks, retentionAfter: after.retention })

    expect(attempts.deleted).toBeDenied({ control: mayDelete })
    expect(attempts.bypassed).toBeDenied({ control: mayDelete })
    expect(attempts.shortened).toBeDenied({ control: mayRetain })
    expect(attempts.weakened).toBeDenied({ control: mayRetain })
    expect(after.lines, `lines of ${key} after the attempts`).toEqual(before)
    expect(after.retention?.until.getTime(), `end of the retention of ${key} after the attempts`).toBeGreaterThanOrEqual(held.getTime())
    expect(after.marks, 'versions of an object that was written twice: the first is still there').toEqual(expect.arrayContaining([mark.versionId, overwriting.versionId]))
  },
)
