import { z } from 'zod'
import { environmentNames } from '../../intent/environments.ts'
import { budgets, type Budget } from '../budgets.ts'
import { converge, type Convergence } from '../converge.ts'
import { IndeterminateError } from '../indeterminate.ts'
import type { AccessAttempt } from '../verdict.ts'
import type { Retention } from './audit-lock.ts'
import { reading } from './kubernetes.ts'
import { logsOn } from './logs.ts'
import type { LogRecord } from './audit.ts'
import type { Platform } from './platform.ts'

export const overrideLabel = 'plumbline.dev/override'
export const keeperName = 'system:serviceaccount:overrides:override-keeper'

/** A network policy with the label of an override. */
export interface OverridePolicy {
  namespace: string
  name: string
  /** Value of the label: the id of the request, in lower case. */
  label: string
  approval: string | undefined
  expiresAt: string | undefined
  spec: unknown
}

/** Every one in the environments. */
export async function standingOverrides(platform: Platform): Promise<OverridePolicy[]> {
  return (await Promise.all(environmentNames.map(async (environment) => {
    const namespace = platform.namespaceOf(environment)
    const { items } = await reading(`list the overrides of ${environment}`, platform.cluster.networking.listNamespacedNetworkPolicy({ namespace, labelSelector: overrideLabel }))
    return items.map(({ metadata, spec }) => ({
      namespace,
      name: metadata?.name ?? '',
      label: metadata?.labels?.[overrideLabel] ?? '',
      approval: metadata?.annotations?.['plumbline.dev/approval'],
      expiresAt: metadata?.annotations?.['plumbline.dev/expires-at'],
      spec,
    }))
  }))).flat()
}

/** Waits until no network policy of an override is left, or the budget is used up; `value` names those that are. */
export async function overrideGone(platform: Platform, id: string, budget: Budget): Promise<Convergence<string[]>> {
  const left = async (): Promise<string[]> => (await standingOverrides(platform)).filter(({ label }) => label === id.toLowerCase()).map(({ namespace, name }) => `${name}@${namespace}`)
  return await converge(left, budget, { consecutive: 1, every: 1000, until: (names) => names.length === 0 })
}

const envelopeSchema = z.object({ payload: z.base64() })
const labels = z.record(z.string(), z.string())
const requestSchema = z.object({
  id: z.string(), kind: z.string(), author: z.string(), digest: z.string(),
  details: z.object({ from: z.string(), to: z.string(), port: z.number(), protocol: z.string(), fromPods: labels, toPods: labels, minutes: z.number() }),
})
const approvalSchema = z.object({ request: z.string(), digest: z.string(), approver: z.string(), approvedAt: z.string() })
const noteSchema = z.object({ request: z.string(), what: z.string(), by: z.string(), at: z.string() })

/** What the locked bucket holds about an override: the contents of the signed documents; who may sign what is for the command line to check. */
export interface OverrideRecord {
  keys: string[]
  request: z.infer<typeof requestSchema> | undefined
  approvals: z.infer<typeof approvalSchema>[]
  notes: z.infer<typeof noteSchema>[]
}

export async function overrideRecord({ audit }: Platform, id: string): Promise<OverrideRecord> {
  const prefix = `approvals/${id}/`
  const keys = (await audit.list(prefix)).map(({ key }) => key)
  const documents = await Promise.all(keys.map(async (key) => ({ name: key.slice(prefix.length), content: contentOf(key, await audit.text(key)) })))
  const called = (start: string): unknown[] => documents.filter(({ name }) => name.startsWith(start)).map(({ content }) => content)
  return {
    keys,
    request: called('request').map((content) => requestSchema.parse(content))[0],
    approvals: called('approval-').map((content) => approvalSchema.parse(content)),
    notes: called('note-').map((content) => noteSchema.parse(content)),
  }
}

function contentOf(key: string, text: string): unknown {
  try {
    return JSON.parse(Buffer.from(envelopeSchema.parse(JSON.parse(text)).payload, 'base64').toString('utf8'))
  }
  catch (error) {
    throw new IndeterminateError(`expected ${key} in the audit bucket to be a signed document, but it cannot be read`, { cause: error })
  }
}

/** An object of the record as the store holds it, and what it said to an attempt to delete it. */
export interface HeldObject { key: string, at: Date, retention: Retention | undefined, deletion: AccessAttempt }

/** Attempts to remove every object of a record, beside the control: the same key deletes a version in the same bucket that no lock holds. */
export async function heldRecord({ audit, auditLock }: Platform, { keys }: Pick<OverrideRecord, 'keys'>, { run, days }: { run: string, days: number }): Promise<{ control: AccessAttempt, held: HeldObject[] }> {
  const mark = await auditLock.mark(`conformance/${run}-override.json`, days)
  const control = await auditLock.deleteMarker(mark.key)
  const held = await Promise.all(keys.map(async (key): Promise<HeldObject> => {
    const [version] = (await audit.versions(key)).filter((one) => one.key === key && !one.deleted)
    if (version === undefined) throw new IndeterminateError(`expected ${key} in the bucket ${audit.name}, which was just read there, but it is gone`)
    return { key, at: version.at, retention: await auditLock.retention(version), deletion: await auditLock.deleteVersion(version) }
  }))
  return { control, held }
}

/** The spec that a network policy of an override has by its request, on the side of `namespace`; undefined when the request is not about it. */
export function approvedSpec({ details: { from, to, port, protocol, fromPods, toPods } }: z.infer<typeof requestSchema>, namespace: string): unknown {
  const ports = [{ port, protocol }]
  const peer = (environment: string, pods: Record<string, string>): object[] => [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': environment } }, podSelector: selector(pods) }]
  if (namespace === from) return { podSelector: selector(fromPods), policyTypes: ['Egress'], egress: [{ to: peer(to, toPods), ports }] }
  return namespace === to ? { podSelector: selector(toPods), policyTypes: ['Ingress'], ingress: [{ _from: peer(from, fromPods), ports }] } : undefined
}

/** The API server leaves out an empty `matchLabels`. */
function selector(pods: Record<string, string>): object {
  return Object.keys(pods).length === 0 ? {} : { matchLabels: pods }
}

/** Audit records of the keeper's deletions of an override's policies, waited for inside a budget; none when they did not come. */
export async function keeperRecords(platform: Platform, id: string): Promise<LogRecord[]> {
  const name = `override-${id.toLowerCase()}`
  const query = `_time:1h source:=audit verb:=delete "objectRef.resource":=networkpolicies "objectRef.name":=${name} "user.username":="${keeperName}"`
  const once = async (): Promise<LogRecord[]> => [...new Map((await logsOn(platform).query(query)).map((record) => [record['record_id'] ?? '', record])).values()]
  return (await converge(once, budgets.auditRecordArrives, { consecutive: 1, every: 1000, until: (records) => records.length >= 2 })).value
}
