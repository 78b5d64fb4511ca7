import { decodeTime } from 'ulid'
import { z } from 'zod'
import { jsonOrNothing } from '../json.ts'
import { readAsAdministrator } from './holders.ts'
import type { Platform } from './platform.ts'
import type { ProvisioningEvent } from './provisioning.ts'

/** What the pipeline leaves in the audit bucket about each apply, as far as cases need it. */
const changeSchema = z.object({
  id: z.string(),
  plan: z.object({ digest: z.string(), diff: z.array(z.string()) }),
  segmentation: z.object({ digest: z.string() }),
  approval: z.object({ basis: z.string(), reference: z.string(), approvers: z.array(z.string()), reason: z.string() }),
  recovery: z.object({
    releases: z.array(z.object({ name: z.string(), revision: z.number(), previous: z.number().nullable() })),
    state: z.object({ key: z.string(), versionId: z.string() }).nullable(),
    steps: z.array(z.object({ what: z.string(), command: z.string() })),
  }),
})
export type ChangeRecord = z.infer<typeof changeSchema>

const segmentationSchema = z.object({ at: z.string(), basis: z.enum(['baseline', 'approved']), reference: z.string(), digest: z.string() })
export type SegmentationRecord = z.infer<typeof segmentationSchema>

const envelopeSchema = z.object({ payload: z.base64(), signatures: z.array(z.object({ keyid: z.string() })).length(1) })
const requestSchema = z.object({ author: z.string(), digest: z.string(), kind: z.string() })
const approvalSchema = z.object({ approver: z.string(), digest: z.string(), request: z.string() })

/** A signature as the bucket holds it: who says to have signed, with which key, for what. */
export interface Signed { name: string, keyid: string, digest: string }

/** A request and the approvals beside it; `request` is undefined when there is none. */
export interface ApprovalDossier { request: Signed | undefined, approvals: Signed[] }

/** The record of each of these runs, by the id of the run; undefined where none is there to be read. */
export async function readChanges({ audit }: Platform, ids: readonly string[]): Promise<Map<string, ChangeRecord | undefined>> {
  const keys = (await audit.list('changes/')).map(({ key }) => key)
  return new Map(await Promise.all(ids.map(async (id): Promise<[string, ChangeRecord | undefined]> => {
    const key = keys.find((one) => one.endsWith(`-${id}.json`))
    return [id, key === undefined ? undefined : changeSchema.safeParse(jsonOrNothing(await audit.text(key))).data]
  })))
}

/**
 * When a record was made, by its key, in which either the time stands or the ULID of the request that it belongs to; undefined for another key. What the
 * store says of a version is no witness: some restamp one that another lay above for a while.
 */
export function madeAt(key: string): Date | undefined {
  const [, year, month, day, hour, minute, second, millisecond] = /\/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-/.exec(key) ?? []
  if (year !== undefined) return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millisecond}Z`)
  const [, request] = /\/([0-9A-HJKMNP-TV-Z]{26})\//.exec(key) ?? []
  return request === undefined ? undefined : new Date(decodeTime(request))
}

/** Every record of the segmentation that was brought, oldest first, with its key. */
export async function readSegmentations({ audit }: Platform): Promise<{ key: string, record: SegmentationRecord | undefined }[]> {
  const keys = (await audit.list('segmentation/')).map(({ key }) => key).sort()
  return await Promise.all(keys.map(async (key) => ({ key, record: segmentationSchema.safeParse(jsonOrNothing(await audit.text(key))).data })))
}

/** Reads what was asked and approved under a reference. Signatures are not checked here: `plumbline` does that, and this looks at what it wrote down. */
export async function readDossier({ audit }: Platform, reference: string): Promise<ApprovalDossier> {
  const prefix = `approvals/${reference}/`
  const keys = (await audit.list(prefix)).map(({ key }) => key)
  const requests = await Promise.all(keys.filter((key) => key === `${prefix}request.json`).map(async (key) => opened(await audit.text(key), requestSchema, ({ author }) => author)))
  const approvals = await Promise.all(keys.filter((key) => key.startsWith(`${prefix}approval-`)).map(async (key) => opened(await audit.text(key), approvalSchema, ({ approver }) => approver)))
  return { request: requests.flat()[0], approvals: approvals.flat() }
}

function opened<T extends { digest: string }>(text: string, schema: z.ZodType<T>, nameOf: (document: T) => string): Signed[] {
  const envelope = envelopeSchema.safeParse(jsonOrNothing(text)).data
  const document = envelope === undefined ? undefined : schema.safeParse(jsonOrNothing(Buffer.from(envelope.payload, 'base64').toString('utf8'))).data
  if (document === undefined) return []
  return [{ name: nameOf(document), keyid: envelope?.signatures[0]?.keyid ?? '', digest: document.digest }]
}

const namesSchema = z.object({ items: z.array(z.object({ metadata: z.object({ name: z.string() }) })) })

/** Names of Helm's records, `sh.helm.release.v1.<release>.v<revision>`. */
export async function releaseRecordNames(platform: Platform): Promise<Set<string>> {
  const { items } = namesSchema.parse(JSON.parse(await readAsAdministrator(platform, '/api/v1/secrets?fieldSelector=type%3Dhelm.sh%2Frelease.v1')))
  return new Set(items.map(({ metadata }) => metadata.name))
}

/** What is wrong with who approved something, a sentence each. */
export function approvalFaults(what: string, digest: string, { request, approvals }: ApprovalDossier): string[] {
  if (request === undefined) return [`expected ${what} to have been asked for, but there is no such request`]
  const asked = request.digest === digest ? [] : [`expected ${what} to be what was asked for, but the request of ${request.name} was for ${request.digest}`]
  const own = approvals.filter(({ name, keyid }) => name === request.name || keyid === request.keyid)
  const others = approvals.filter((one) => !own.includes(one) && one.digest === digest)
  return [
    ...asked,
    ...others.length > 0 ? [] : [`expected ${what} to have been approved by somebody else than ${request.name}, but ${own.length === 0 ? 'nobody has' : `only ${own.map(({ name }) => name).join(', ')} has, with the key of the author`}`],
  ]
}

/** What is there that a recovery step may name. */
export interface Recoverable { releaseRecords: ReadonlySet<string>, stateVersions: ReadonlySet<string>, segmentations: readonly SegmentationRecord[] }

/** What is wrong with the record that an apply left, a sentence each; its approval by somebody apart (approvalFaults). */
export function changeFaults({ id, planDigest, releases }: Pick<ProvisioningEvent, 'id' | 'planDigest' | 'releases'>, record: ChangeRecord | undefined, there: Recoverable): string[] {
  if (record === undefined) return [`expected the run ${id}, which applied something, to have left its plan, approval and way back below changes/, but there is no such record`]
  const { plan, segmentation, approval, recovery } = record
  const known = there.segmentations.some(({ digest }) => digest === segmentation.digest)
  return [
    ...plan.digest === planDigest ? [] : [`expected the record of the run ${id} to hold the plan ${planDigest ?? ''}, but it holds ${plan.digest}`],
    ...plan.diff.length > 0 ? [] : [`expected the record of the run ${id} to say what was planned, but it says nothing`],
    ...approval.reason === '' ? [`expected the record of the run ${id} to say why it was approved or need not be, but it says nothing`] : [],
    ...known ? [] : [`expected the segmentation ${segmentation.digest} that the run ${id} brought to be recorded below segmentation/, but it is not`],
    ...recoveryFaults(`the way back from the run ${id}`, { recovery, upgraded: releases.filter(({ action }) => action !== 'unchanged').map(({ name }) => name), there }),
  ]
}

function recoveryFaults(what: string, { recovery: { releases, state, steps }, upgraded, there }: { recovery: ChangeRecord['recovery'], upgraded: readonly string[], there: Recoverable }): string[] {
  return [
    ...steps.length > 0 && steps.every(({ command }) => command !== '') ? [] : [`expected ${what} to have steps with commands, but it has not`],
    ...upgraded.filter((name) => !releases.some((one) => one.name === name)).map((name) => `expected ${what} to name the release ${name}, which the run changed, but it does not`),
    ...releases.filter(({ name, previous }) => previous !== null && !there.releaseRecords.has(`sh.helm.release.v1.${name}.v${previous}`))
      .map(({ name, previous }) => `expected revision ${String(previous)} of the release ${name}, which ${what} names, to be there, but Helm has no such record`),
    ...state === null || there.stateVersions.has(state.versionId) ? [] : [`expected version ${state.versionId} of the state, which ${what} names, to be kept, but it is not`],
  ]
}
