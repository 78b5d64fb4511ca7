import { join } from 'node:path'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import type { Report } from '../../../fixtures/sandbox/progress.ts'
import { UsageFailure } from '../../console/failure.ts'
import { approvals } from '../approvals/store.ts'
import type { Dossier, Request } from '../approvals/documents.ts'
import { signerNamed } from '../people/signer.ts'
import { installationOf } from '../pipeline/installation.ts'
import type { Target } from '../pipeline/installation.ts'
import { bucketExists, s3Client } from '../pipeline/object-storage.ts'
import { loadPlatform } from '../pipeline/platform-file.ts'
import { provision } from '../pipeline/provision.ts'
import { changeRecordSchema, changesPrefix } from './change-record.ts'
import type { ChangeRecord } from './change-record.ts'
import { documentOf, firstVersions } from './locked-records.ts'
import { segmentationDemand } from './segmentation-record.ts'
import type { ChangesAccess } from './segmentation-record.ts'

export interface ChangeOptions { target: Target, platformFile?: string | undefined }

/** The audit bucket of an installation, with the people whose signature counts there. */
export async function changesOf({ target, platformFile = join(repository, 'terraform/platform.yaml') }: ChangeOptions): Promise<ChangesAccess> {
  const platform = await loadPlatform(platformFile)
  const installation = await installationOf(target, platform)
  const client = s3Client(installation.objectStorage)
  if (!await bucketExists(client, platform.audit.bucket)) {
    throw new UsageFailure(`There is no audit bucket ${platform.audit.bucket} yet, so nothing was changed and nothing can be asked for: run \`npx plumbline provision\` first.`)
  }
  return { client, audit: platform.audit, people: installation.people }
}

/** Asks for the change of the segmentation that `provision` would bring now. Rejects with a UsageFailure when it would bring none. */
export async function requestChange(options: ChangeOptions & { as: string, reason: string, minutes: number, report: Report, signal: AbortSignal }): Promise<Request> {
  const { as, reason, minutes, target, platformFile, report, signal } = options
  const access = await changesOf(options)
  const author = await signerNamed(access.people, as)
  const { decision } = await provision({ target, planOnly: true, report, signal, ...(platformFile === undefined ? {} : { platformFile }) })
  if (decision?.basis !== 'not approved') {
    throw new UsageFailure(`There is nothing to approve: approval ${decision?.reason ?? 'was not judged'}. Change the platform file, a chart or a module first; \`npx plumbline provision --plan-only\` says what would be different.`)
  }
  return approvals(access).request({
    kind: 'segmentation', reason, digest: decision.digest, description: decision.differences, details: { differences: decision.differences.length }, validForMinutes: minutes,
  }, author)
}

export async function approveChange(id: string, options: ChangeOptions & { as: string }): Promise<Dossier> {
  const access = await changesOf(options)
  return approvals(access).approve(id, await signerNamed(access.people, options.as), segmentationDemand.role)
}

/** The requests for changes of the segmentation and the newest applies, both oldest first. */
export async function listChanges(options: ChangeOptions, most: number): Promise<{ requests: Dossier[], changes: ChangeRecord[], untrusted: string[] }> {
  const access = await changesOf(options)
  const newest = (await firstVersions(access, changesPrefix)).slice(-most)
  const read = await Promise.all(newest.map(async (version) => changeRecordSchema.safeParse(await documentOf(access, version))))
  const untrusted: string[] = []
  const requests = await approvals(access).list('segmentation', (_, why) => untrusted.push(why))
  return { requests, untrusted, changes: read.flatMap(({ data }) => data ?? []) }
}

/** One apply, or one request, by its id. Rejects with a UsageFailure for an id that is neither's. */
export async function showChange(id: string, options: ChangeOptions): Promise<{ change: ChangeRecord } | { request: Dossier }> {
  const access = await changesOf(options)
  const version = (await firstVersions(access, changesPrefix)).find(({ key }) => key.endsWith(`-${id}.json`))
  if (version === undefined) return { request: await approvals(access).read(id) }
  return { change: changeRecordSchema.parse(await documentOf(access, version)) }
}
