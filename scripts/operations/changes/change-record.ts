import { HeadObjectCommand } from '@aws-sdk/client-s3'
import { z } from 'zod'
import type { ProvisioningEvent } from '../pipeline/events.ts'
import { describePlan } from '../pipeline/plan-summary.ts'
import { describeReleases } from '../pipeline/releases.ts'
import type { InstalledRelease } from '../pipeline/releases.ts'
import type { Plan } from '../pipeline/terraform.ts'
import type { Decision } from './decide.ts'
import { documentOf, firstVersions, storeRecord } from './locked-records.ts'
import type { AuditAccess } from './locked-records.ts'

/** Key prefix of what applies did, in the audit bucket; the keys after it sort by time and end in the id of the run's event. */
export const changesPrefix = 'changes/'

const stepSchema = z.strictObject({ what: z.string(), command: z.string() })
const stateVersionSchema = z.strictObject({ bucket: z.string(), key: z.string(), versionId: z.string() })

/** One apply: what was planned, who approved it, and how to go back (FR-007). No value of a resource is in it. */
export const changeRecordSchema = z.strictObject({
  schemaVersion: z.literal('1.0.0'),
  kind: z.literal('change'),
  /** Id of the run's event. */
  id: z.string(),
  target: z.string(),
  actor: z.string(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  outcome: z.enum(['success', 'failure', 'interrupted']),
  plan: z.strictObject({ digest: z.string(), diff: z.array(z.string()).min(1) }),
  releases: z.array(z.string()),
  segmentation: z.strictObject({ digest: z.string(), differences: z.array(z.string()) }),
  /** `reference` is the id of the request when `basis` is approved. */
  approval: z.strictObject({ basis: z.enum(['baseline', 'unchanged', 'approved']), reference: z.string(), approvers: z.array(z.string()), reason: z.string() }),
  recovery: z.strictObject({
    releases: z.array(z.strictObject({ name: z.string(), revision: z.int(), previous: z.int().nullable() })),
    /** The state before the run; null when there was none. */
    state: stateVersionSchema.nullable(),
    /** In the order in which they are done. */
    steps: z.array(stepSchema).min(1),
  }),
})
export type ChangeRecord = z.infer<typeof changeRecordSchema>

export interface Applied {
  plan: Plan
  decision: Decision
  releases: readonly InstalledRelease[]
  /** Namespace of Helm's records. */
  records: string
  stateBefore: ChangeRecord['recovery']['state']
}

/** Where Terraform keeps the state (terraform/versions.tf). */
const stateKey = 'platform/terraform.tfstate'

/** The version of the state that is the newest now; null when there is none yet. */
export async function stateVersionNow({ client }: Pick<AuditAccess, 'client'>, bucket: string): Promise<ChangeRecord['recovery']['state']> {
  try {
    const { VersionId: versionId } = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: stateKey }))
    return versionId === undefined ? null : { bucket, key: stateKey, versionId }
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFound') return null
    throw error
  }
}

/** Key prefix of what runs that were let through left before they touched anything. */
export const begunPrefix = 'changes-begun/'

/** What a run is about to apply: a run that is killed leaves nothing later, and the run that finds this makes its record of it. */
export const begunRecordSchema = changeRecordSchema.omit({ finishedAt: true, outcome: true, releases: true }).extend({ kind: z.literal('change-begun') })
export type BegunRecord = z.infer<typeof begunRecordSchema>

type Start = Pick<ProvisioningEvent, 'id' | 'target' | 'actor' | 'startedAt'>

/** The record of a run that was killed. Its releases are what `provision`, the last step back, makes of them. */
export function changeOfKilled(begun: BegunRecord, { finishedAt }: Pick<ProvisioningEvent, 'finishedAt'>): ChangeRecord {
  const { recovery } = begun
  const complete = { what: 'complete or repair what the killed run left', command: 'npx plumbline provision' }
  const steps = recovery.steps.some(({ command }) => command === complete.command) ? recovery.steps : [...recovery.steps, complete]
  return { ...begun, kind: 'change', finishedAt, outcome: 'interrupted', releases: [], recovery: { ...recovery, steps } }
}

/** What one run did, from its event and what was found on the way. */
export function changeOf({ finishedAt, outcome, ...start }: Start & Pick<ProvisioningEvent, 'finishedAt' | 'outcome'>, applied: Applied): ChangeRecord {
  return { ...inHand(start, applied), kind: 'change', finishedAt, outcome, releases: describeReleases(applied.releases) }
}

/** What a run is about to do, from its start and its plan. Which releases it will change nobody knows yet. */
export function begunOf(start: Start, applied: Omit<Applied, 'releases'>): BegunRecord {
  return { ...inHand(start, { ...applied, releases: [] }), kind: 'change-begun' }
}

function inHand({ id, target, actor, startedAt }: Start, applied: Applied): Omit<BegunRecord, 'kind'> {
  const { plan, decision: { basis, reference, approvers, reason, digest, differences }, releases, stateBefore } = applied
  if (basis === 'not approved') throw new TypeError('A change that nobody approved was not expected to be applied; see refuseUnapproved.')
  const changed = releases.filter(({ action }) => action !== 'unchanged').map(({ name, revision, before }) => ({ name, revision, previous: before ?? null }))
  return {
    schemaVersion: '1.0.0', id, target, actor, startedAt,
    plan: { digest: plan.digest, diff: describePlan(plan.summary) },
    segmentation: { digest, differences },
    approval: { basis, reference, approvers, reason },
    recovery: { releases: changed, state: stateBefore, steps: stepsBack(applied, changed) },
  }
}

function stepsBack({ plan, records, stateBefore }: Applied, changed: ChangeRecord['recovery']['releases']): ChangeRecord['recovery']['steps'] {
  const releases = changed.toReversed().map(({ name, previous }) => previous === null
    ? { what: `take away the release ${name}, which was not there before`, command: `helm uninstall ${name} --namespace ${records} --wait` }
    : { what: `bring back revision ${String(previous)} of the release ${name}`, command: `helm rollback ${name} ${String(previous)} --namespace ${records} --server-side=true --force-conflicts --wait` })
  const state = plan.changes
    ? [
        { what: 'bring back the infrastructure: with the platform file and the modules as they were before this change', command: 'npx plumbline provision' },
        ...stateBefore === null ? [] : [{
          what: 'only when the state itself is spoilt: bring back the version from before this change',
          command: `aws s3api copy-object --bucket ${stateBefore.bucket} --key ${stateBefore.key} --copy-source '${stateBefore.bucket}/${stateBefore.key}?versionId=${stateBefore.versionId}'`,
        }],
      ]
    : []
  const steps = [...releases, ...state]
  return steps.length > 0 ? steps : [{ what: 'put in force what the platform file says, should anything be different', command: 'npx plumbline provision' }]
}

export async function recordBegun(access: AuditAccess, record: BegunRecord): Promise<string> {
  return storeRecord(access, begunPrefix, { at: record.startedAt, id: record.id, document: begunRecordSchema.parse(record) })
}

/** What a run left before it touched anything; undefined when it did not get that far. */
export async function readBegun(access: AuditAccess, id: string): Promise<BegunRecord | undefined> {
  const version = (await firstVersions(access, begunPrefix)).find(({ key }) => key.endsWith(`-${id}.json`))
  return version === undefined ? undefined : begunRecordSchema.safeParse(await documentOf(access, version)).data
}

export async function recordChange(access: AuditAccess, record: ChangeRecord): Promise<string> {
  return storeRecord(access, changesPrefix, { at: record.finishedAt, id: record.id, document: changeRecordSchema.parse(record) })
}
