import { gunzipSync } from 'node:zlib'
import { verifier, type EnvironmentName } from '../../intent/environments.ts'
import { budgets } from '../budgets.ts'
import { converge } from '../converge.ts'
import { IndeterminateError } from '../indeterminate.ts'
import { alertsOn } from './alerts.ts'
import { logsOn } from './logs.ts'
import type { Platform } from './platform.ts'
import { serviceProxy } from './services.ts'

/** Who the suites are for the API server. */
export const verifierName = `system:serviceaccount:${verifier.namespace}:${verifier.serviceAccount}`

/** The alert about forbidden requests that follow an escalation pattern. */
export const escalationAlert = 'EscalationAttempted'

/** A record of the log store: its fields, all of them text. */
export type LogRecord = Readonly<Record<string, string>>

/** Records of requests whose URI holds a mark, oldest first, each once: delivery may bring one twice, under the same id. */
export async function auditRecords(platform: Platform, mark: string): Promise<LogRecord[]> {
  if (!/^[a-z0-9-]+$/.test(mark)) throw new TypeError(`expected a mark of lower-case letters, digits and hyphens, got ${mark}`)
  // The question itself goes through the API server, so it is recorded as well, mark and all: what is asked of a service is left out.
  const found = await logsOn(platform).query(`_time:1h source:=audit requestURI:~"[/=]${mark}" !"objectRef.subresource":=proxy`)
  const byId = new Map(found.map((record) => [record['record_id'] ?? '', record]))
  return [...byId.values()].sort((a, b) => (a['_time'] ?? '') < (b['_time'] ?? '') ? -1 : 1)
}

/**
 * The records of a mark, waited for inside a budget. `control` is the mark of a later request that is recorded in any case: without its
 * record nothing is known, since the stream may stand still; with it, what is missing was never recorded.
 */
export async function auditRecordsAfter(platform: Platform, mark: string, control: string): Promise<LogRecord[]> {
  const { converged } = await converge(() => auditRecords(platform, control), budgets.auditRecordArrives, { consecutive: 1, every: 1000, until: (records) => records.length > 0 })
  if (!converged) {
    throw new IndeterminateError(`expected the audit record of an allowed request (${control}) in the log store within ${budgets.auditRecordArrives.milliseconds / 1000} s, but it did not come; see whether audit logs are delivered into ${platform.audit.name} and audit-forwarder runs in namespace audit`)
  }
  return await auditRecords(platform, mark)
}

/** Where in the bucket a record of the log store lies, as the forwarder wrote it down. */
export function placeOf(record: LogRecord): { key: string, line: number } {
  const [key = '', line = ''] = (record['record_id'] ?? '').split('#')
  if (key === '' || !/^\d+$/.test(line)) throw new IndeterminateError(`expected a record_id such as audit-stream/…#7 on the record in the log store, got "${record['record_id'] ?? ''}"`)
  return { key, line: Number(line) }
}

/** The lines of an object of the audit stream, or of a plain one. */
export async function linesOf({ audit }: Platform, { key, versionId }: { key: string, versionId?: string }): Promise<string[]> {
  const bytes = await audit.bytes(key, versionId)
  const text = key.endsWith('.gz') ? gunzipSync(bytes) : bytes
  return text.toString('utf8').split('\n').filter((line) => line.trim() !== '')
}

/** What somebody asks for who wants more rights than they have; none of it is the verifier's to do. */
export interface Escalation { verb: 'get' | 'delete', resource: 'secrets' | 'roles' | 'rolebindings', environment: EnvironmentName }

const environments = ['production', 'staging', 'development'] as const satisfies readonly EnvironmentName[]
const wishes = [['get', 'secrets'], ['delete', 'secrets'], ['delete', 'roles'], ['delete', 'rolebindings']] as const

/** Attempts that the run may choose from. */
export const escalations: readonly Escalation[] = wishes.flatMap(([verb, resource]) => environments.map((environment) => ({ verb, resource, environment })))

/** The first attempt that nobody is being alerted about: what is alerted about already is not told again, so its silence would say nothing. */
export async function unheardEscalation(platform: Platform): Promise<Escalation> {
  const active = (await alertsOn(platform).active()).filter(({ name }) => name === escalationAlert)
  const heard = (one: Escalation): boolean => active.some(({ labels }) => {
    const values = Object.values(labels)
    return values.includes(verifierName) && values.includes(one.verb) && values.includes(one.resource) && values.includes(one.environment)
  })
  const free = escalations.find((one) => !heard(one))
  if (free === undefined) throw new IndeterminateError(`expected at least one of ${escalations.length} attempts not to be alerted about already, but all are; run again in five minutes`)
  return free
}

/** Names of the alerts that vmalert evaluates. Rejects with IndeterminateError when it does not answer. */
export async function logAlerts(platform: Platform): Promise<string[]> {
  const answer = await serviceProxy(platform, { namespace: 'observability', name: 'vmalert', port: 8880 }).get('/api/v1/rules')
  return namesIn(answer)
}

function namesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn)
  if (typeof value !== 'object' || value === null) return []
  const own = 'name' in value && typeof value.name === 'string' && 'query' in value ? [value.name] : []
  return [...own, ...Object.values(value).flatMap(namesIn)]
}
