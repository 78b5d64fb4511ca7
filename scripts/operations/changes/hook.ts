import { UsageFailure } from '../../console/failure.ts'
import { actor } from '../pipeline/events.ts'
import type { ProvisioningEvent } from '../pipeline/events.ts'
import type { Installation } from '../pipeline/installation.ts'
import { s3Client } from '../pipeline/object-storage.ts'
import type { Platform } from '../pipeline/platform-schema.ts'
import type { ReleaseList } from '../pipeline/releases-file.ts'
import type { InstalledRelease } from '../pipeline/releases.ts'
import type { StartRecord } from '../pipeline/started.ts'
import type { Plan } from '../pipeline/terraform.ts'
import { begunOf, changeOf, changeOfKilled, readBegun, recordBegun, recordChange, stateVersionNow } from './change-record.ts'
import type { Applied } from './change-record.ts'
import { decide } from './decide.ts'
import type { Decision } from './decide.ts'
import { segmentationOf } from './segmentation.ts'
import { recordSegmentation } from './segmentation-record.ts'
import type { ChangesAccess } from './segmentation-record.ts'

interface Run { installation: Installation, platform: Platform, list: ReleaseList, approval: string | undefined, signal?: AbortSignal | undefined }

/** What a run decided before it applied anything, kept for its records. */
export interface ChangeInHand { decision: Decision, stateBefore: Applied['stateBefore'] }

/** Judges what a planned run would bring; nothing is applied and nothing stored. */
export async function judgeChange(run: Run, plan: Plan): Promise<ChangeInHand> {
  const { installation, platform, list, approval, signal } = run
  if (approval !== undefined && !/^[0-9A-HJKMNP-TV-Z]{26}$/.test(approval)) {
    throw new UsageFailure(`${JSON.stringify(approval)} was given as the approval: expected the id of a request, as \`npx plumbline change list\` prints them.`)
  }
  const access = accessOf(run)
  const [segmentation, stateBefore] = await Promise.all([segmentationOf(list, platform, { linode: plan.segmentation, signal }), stateVersionNow(access, platform.state.bucket)])
  return { decision: await decide(segmentation, approval, { ...access, people: installation.people }), stateBefore }
}

/** Stores what a run that was let through is about to do, before it touches anything. */
export async function announceChange(run: Run, { decision, stateBefore }: ChangeInHand, { start, plan }: { start: Pick<StartRecord, 'id' | 'target' | 'actor' | 'startedAt'>, plan: Plan }): Promise<void> {
  await recordBegun(accessOf(run), begunOf(start, { plan, decision, records: run.list.records, stateBefore }))
}

/** Stores the record of a killed run that had begun to apply; nothing for one that had not. */
export async function recordKilled(run: Pick<Run, 'installation' | 'platform'>, event: Pick<ProvisioningEvent, 'id' | 'finishedAt'>): Promise<void> {
  const access = accessOf(run)
  const begun = await readBegun(access, event.id)
  if (begun !== undefined) await recordChange(access, changeOfKilled(begun, event))
}

/** Stores what a run did, and after a success the segmentation that is in force now. Only a run that was let through gets here. */
export async function recordRun(run: Run, { decision, stateBefore }: ChangeInHand, { event, plan, releases }: { event: ProvisioningEvent, plan: Plan, releases: readonly InstalledRelease[] }): Promise<void> {
  const access = accessOf(run)
  const changed = plan.changes || releases.some(({ action }) => action !== 'unchanged')
  if (changed || event.outcome !== 'success') {
    await recordChange(access, changeOf(event, { plan, decision, releases, records: run.list.records, stateBefore }))
  }
  const { basis, reference, approvers, digest, segmentation } = decision
  if (event.outcome !== 'success' || basis === 'unchanged' || basis === 'not approved') return
  await recordSegmentation(access, { actor: actor(), basis, reference, approvers, digest, segmentation })
}

function accessOf({ installation, platform }: Pick<Run, 'installation' | 'platform'>): ChangesAccess {
  return { client: s3Client(installation.objectStorage), audit: platform.audit, people: installation.people }
}
