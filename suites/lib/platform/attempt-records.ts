import type { Tried } from '../probes/attempts-made.ts'
import { auditRecordsAfter, type LogRecord } from './audit.ts'
import { logsOn } from './logs.ts'
import type { Platform } from './platform.ts'

/** More than any run makes attempts. */
const most = 5000

/**
 * The audit records of a run's attempts by mark, once a later request with the mark `control` has its own: until then nothing is known about
 * those that are missing. Rejects with IndeterminateError when it gets none.
 */
export async function recordsOfAttempts(platform: Platform, run: string, control: string): Promise<ReadonlyMap<string, LogRecord>> {
  await auditRecordsAfter(platform, control, control)
  const pattern = `attempt-${run}-[a-z0-9]+`
  // Asking the log store for them is recorded as well, mark and all: it is asked as a service behind the API server.
  const found = await logsOn(platform).query(`_time:1h source:=audit requestURI:~"[/=.]${pattern}" !("objectRef.resource":=services "objectRef.subresource":=proxy)`, most)
  return new Map(found.flatMap((record) => {
    const [, mark] = new RegExp(`(${pattern})`).exec(record['requestURI'] ?? '') ?? []
    return mark === undefined ? [] : [[mark, record] as const]
  }))
}

/** What is wrong with the record of an attempt; undefined when it says who, what and which answer. */
export function faultOfRecord({ mark, what, user, recorded, status }: Tried, record: LogRecord | undefined): string | undefined {
  if (record === undefined) return `expected an audit record of "${what}" (${mark}), but there is none`
  const wanted: Record<string, string> = {
    'user.username': user, 'verb': recorded.verb, 'objectRef.resource': recorded.resource, 'responseStatus.code': String(status),
    ...recorded.subresource === undefined ? {} : { 'objectRef.subresource': recorded.subresource },
  }
  const [wrong] = Object.entries(wanted).filter(([field, value]) => record[field] !== value)
  return wrong === undefined ? undefined : `expected the audit record of "${what}" (${mark}) to say ${wrong[0]} ${wrong[1]}, but it says ${record[wrong[0]] ?? 'nothing'}`
}
