import { z } from 'zod'
import { IndeterminateError } from '../indeterminate.ts'
import { jsonOrNothing } from '../json.ts'
import type { Platform } from './platform.ts'
import { serviceProxy } from './services.ts'

export const logStorePlace = { namespace: 'observability', name: 'victoria-logs', port: 9428 } as const

export interface Logs {
  /** Records that a LogsQL query finds, at most `limit` (1000). None is an answer: whether one must be there is for the case to say. */
  query: (logsql: string, limit?: number) => Promise<Record<string, string>[]>
}

const recordSchema = z.record(z.string(), z.string())
const most = 1000

/** The platform's log store. Rejects with IndeterminateError when it does not answer, or not with records. */
export function logsOn(platform: Pick<Platform, 'cluster'>): Logs {
  const service = serviceProxy(platform, logStorePlace)
  return {
    query: async (logsql, limit = most) => recordsIn(await service.get('/select/logsql/query', { query: logsql, limit: String(limit) }), logsql),
  }
}

/** One record a line; a single line arrives parsed already. */
function recordsIn(answer: unknown, logsql: string): Record<string, string>[] {
  const lines: unknown[] = typeof answer === 'string' ? answer.split('\n').filter((line) => line.trim() !== '').map(jsonOrNothing) : [answer]
  return lines.map((line) => {
    const record = recordSchema.safeParse(line)
    if (!record.success) throw new IndeterminateError(`expected the log store to answer ${logsql} with one record a line, but a line is none`)
    return record.data
  })
}
