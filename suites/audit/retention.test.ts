import { objectives } from '../intent/objectives.ts'
import { expect, test } from '../lib/case.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { earlyEnds, heldTooShortly } from '../lib/platform/audit-retention.ts'

/** Where records lie in the bucket, and how many of the newest are looked at. */
const prefixes = ['audit-stream/lke/', 'audit-stream/data-store/', 'provisioning/'] as const
const newest = 3

test(
  'the audit bucket holds every record for 90 days in mode COMPLIANCE, and no rule lets one end earlier',
  { tags: ['FR-010'] },
  async ({ platform, evidence }) => {
    const { audit, auditLock } = platform
    const byDefault = await auditLock.defaultRetention()
    const lifecycle = await auditLock.lifecycle()
    const versions = (await Promise.all(prefixes.map(async (prefix) => (await audit.versions(prefix)).filter(({ deleted }) => !deleted).sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, newest)))).flat()
    const held = await Promise.all(versions.map(async (version) => ({ ...version, retention: await auditLock.retention(version) })))
    evidence.observe('the bucket\'s default retention and lifecycle, and the retention of its newest records', { bucket: audit.name, configured: platform.outputs.audit.retention_days, byDefault, lifecycle, held })

    expect(byDefault, `default retention of ${audit.name}`).toEqual({ mode: 'COMPLIANCE', days: objectives.auditRetentionDays })
    expect(platform.outputs.audit.retention_days, 'days that the platform is configured to keep audit records').toBeGreaterThanOrEqual(objectives.auditRetentionDays)
    expect(earlyEnds(lifecycle, objectives.auditRetentionDays)).toBeFaultless()
    if (held.length === 0) throw new IndeterminateError(`expected records in the bucket ${audit.name}, but there are none; see whether audit logs are delivered`)
    expect(held.flatMap((record) => heldTooShortly(record, objectives.auditRetentionDays))).toBeFaultless()
  },
)
