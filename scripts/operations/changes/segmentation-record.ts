import { monotonicFactory } from 'ulid'
import { z } from 'zod'
import { approversOf } from '../approvals/judge.ts'
import { approvals } from '../approvals/store.ts'
import type { Person } from '../people/people.ts'
import { documentOf, firstVersions, storeRecord } from './locked-records.ts'
import type { AuditAccess } from './locked-records.ts'
import { digestOf, segmentationSchema } from './segmentation.ts'

/** Key prefix of what segmentation was brought, in the audit bucket; the keys after it sort by time. */
export const segmentationPrefix = 'segmentation/'

/** What a run that succeeded brought, and on whose word. */
export const segmentationRecordSchema = z.strictObject({
  schemaVersion: z.literal('1.0.0'),
  kind: z.literal('segmentation'),
  at: z.iso.datetime(),
  actor: z.string(),
  /** `baseline`: the first provisioning, which nothing was there to differ from. */
  basis: z.enum(['baseline', 'approved']),
  /** Id of the approved request, or `baseline`; what the network policies are annotated with. */
  reference: z.string(),
  approvers: z.array(z.string()),
  digest: z.string(),
  segmentation: segmentationSchema,
})
export type SegmentationRecord = z.infer<typeof segmentationRecordSchema>

export interface ChangesAccess extends AuditAccess { people: readonly Person[] }

/** Whom a segmentation change needs. */
export const segmentationDemand = { approvals: 1, role: 'approver' } as const

/**
 * The newest record that counts, undefined when there never was any. A baseline counts as the very first record only, and every other one only
 * when the signed request and approval that it names are there and fit: whoever may write into the bucket cannot approve by writing there.
 */
export async function newestSegmentation(access: ChangesAccess): Promise<{ record: SegmentationRecord | undefined, ignored: string[] }> {
  const all = await firstVersions(access, segmentationPrefix)
  const ignored: string[] = []
  for (const [index, version] of [...all.entries()].toReversed()) {
    const parsed = segmentationRecordSchema.safeParse(await documentOf(access, version))
    if (parsed.success && await counts(parsed.data, { access, first: index === 0 })) return { record: parsed.data, ignored }
    ignored.push(version.key)
  }
  return { record: undefined, ignored }
}

async function counts(record: SegmentationRecord, { access, first }: { access: ChangesAccess, first: boolean }): Promise<boolean> {
  if (digestOf(record.segmentation) !== record.digest) return false
  if (record.basis === 'baseline') return first
  try {
    const dossier = await approvals(access).read(record.reference)
    return dossier.request.kind === 'segmentation' && approversOf(dossier, { ...segmentationDemand, digest: record.digest, people: access.people, now: new Date(dossier.request.createdAt) }).length > 0
  } catch {
    return false
  }
}

/** Two records of one millisecond keep their order too. */
const nextId = monotonicFactory()

export async function recordSegmentation(access: AuditAccess, { actor, ...what }: Pick<SegmentationRecord, 'actor' | 'basis' | 'reference' | 'approvers' | 'digest' | 'segmentation'>): Promise<string> {
  const record: SegmentationRecord = { schemaVersion: '1.0.0', kind: 'segmentation', at: new Date().toISOString(), actor, ...what }
  return storeRecord(access, segmentationPrefix, { at: record.at, id: nextId(), document: segmentationRecordSchema.parse(record) })
}
