import { objectives } from '../intent/objectives.ts'
import { expect, test } from '../lib/case.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { approvalFaults, madeAt, readDossier, readSegmentations } from '../lib/platform/changes.ts'

const day = 24 * 3600 * 1000
/** A retention that was just set is this much shorter when it is read. Milliseconds. */
const since = 10 * 60 * 1000
/** Where approvals, what they brought, and what applies did are kept. */
const prefixes = ['segmentation/', 'approvals/', 'changes/', 'changes-begun/'] as const

test(
  'every segmentation that was brought is backed by the approval of somebody else, and the newest records of it can neither be deleted nor overwritten',
  { tags: ['NFR-003'] },
  async ({ platform, run, evidence }) => {
    const { audit, auditLock } = platform
    const segmentations = await readSegmentations(platform)
    const approved = segmentations.flatMap(({ key, record }) => record?.basis === 'approved' ? [{ key, ...record }] : [])
    const dossiers = await Promise.all(approved.map(async ({ key, reference, digest }) => ({ key, reference, digest, dossier: await readDossier(platform, reference) })))
    const newest = (await Promise.all(prefixes.map(async (prefix) => (await audit.versions(prefix)).filter(({ deleted, latest }) => latest && !deleted).toSorted((a, b) => b.at.getTime() - a.at.getTime())[0]))).flatMap((one) => one ?? [])
    const mark = await auditLock.mark(`conformance/segmentation-${run.id}.json`, objectives.auditRetentionDays)
    // The control: the same key deletes a version in the same bucket, where the lock has nothing against it.
    const mayDelete = await auditLock.deleteMarker(mark.key)
    const overwriting = await auditLock.mark(mark.key, objectives.auditRetentionDays)
    const marks = (await audit.versions(mark.key)).map(({ versionId }) => versionId)
    const attempts = await Promise.all(newest.map(async (version) => ({ ...version, retention: await auditLock.retention(version), deleted: await auditLock.deleteVersion(version, { bypass: true }) })))
    evidence.observe('the records of the segmentation with who approved them, and attempts to take away the newest of each kind', { segmentations, dossiers, control: mayDelete, attempts, marks })

    if (segmentations.length === 0) throw new IndeterminateError('expected the record of the segmentation that the first provisioning brought below segmentation/, but there is none; run "plumbline provision"')
    expect(segmentations.flatMap(({ key, record }, index) => {
      if (record === undefined) return [`expected ${key} to be a record of the segmentation, but it is not`]
      return record.basis === 'baseline' && index > 0 ? [`expected ${key} to name an approval, but it says to be the baseline, which only the first record is`] : []
    })).toBeFaultless()
    expect(dossiers.flatMap(({ key, reference, digest, dossier }) => approvalFaults(`${reference}, which ${key} brought,`, digest, dossier))).toBeFaultless()
    for (const { deleted } of attempts) expect(deleted).toBeDenied({ control: mayDelete })
    expect(attempts.flatMap(({ key, at, retention }) => {
      const held = (retention?.until.getTime() ?? 0) - (madeAt(key) ?? at).getTime()
      return retention?.mode === 'COMPLIANCE' && held >= objectives.auditRetentionDays * day - since ? [] : [`expected ${key} to be held for ${String(objectives.auditRetentionDays)} days in mode COMPLIANCE, but it is held ${retention === undefined ? 'not at all' : `until ${retention.until.toISOString()} in mode ${retention.mode}`}`]
    })).toBeFaultless()
    expect(marks, 'versions of an object that was written twice: the first is still there').toEqual(expect.arrayContaining([mark.versionId, overwriting.versionId]))
  },
)
