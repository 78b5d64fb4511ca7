import { IndeterminateError } from '../indeterminate.ts'
import { linesOf } from './audit.ts'
import { logsOn } from './logs.ts'
import type { Platform } from './platform.ts'

/** When the oldest record that the forwarder brought came into the log store; undefined when it holds none. */
export async function filledSince(platform: Platform): Promise<Date | undefined> {
  const [row] = await logsOn(platform).query('source:in(audit, "data-store", provisioning) | stats min(forwarded_at) as first')
  return dateOf(row?.['first'])
}

/** When the events of these runs first came into the log store; those that are not there are absent. */
export async function arrivals(platform: Platform, ids: readonly string[]): Promise<ReadonlyMap<string, Date>> {
  if (ids.length === 0) return new Map()
  const rows = await logsOn(platform).query('source:=provisioning | stats by (id) min(forwarded_at) as first')
  return new Map(rows.flatMap((row) => {
    const at = dateOf(row['first'])
    return at === undefined || !ids.includes(row['id'] ?? '') ? [] : [[row['id'] ?? '', at] as const]
  }))
}

/** One object of the bucket beside what the log store holds of it. */
export interface Forwarded { key: string, lines: number, records: number }

/** Objects of a stream that were stored before a moment, the newest `count` of them, each beside its records in the log store. */
export async function forwarded(platform: Platform, prefix: string, { before, count }: { before: Date, count: number }): Promise<Forwarded[]> {
  const keys = (await platform.audit.list(prefix)).filter(({ at }) => at < before).map(({ key }) => key).sort().slice(-count)
  return await Promise.all(keys.map(async (key) => {
    const [row] = await logsOn(platform).query(`object:="${key}" | stats count_uniq(record_id) as records`)
    const records = Number(row?.['records'])
    if (!Number.isInteger(records)) throw new IndeterminateError(`expected the log store to count the records of ${key}, but it answered ${row?.['records'] ?? 'nothing'}`)
    return { key, lines: (await linesOf(platform, { key })).length, records }
  }))
}

function dateOf(text: string | undefined): Date | undefined {
  const at = new Date(text ?? '')
  return Number.isNaN(at.getTime()) ? undefined : at
}
