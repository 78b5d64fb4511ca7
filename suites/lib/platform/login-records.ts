import { environmentNames, type EnvironmentName } from '../../intent/environments.ts'
import { logsOn } from './logs.ts'
import type { Platform } from './platform.ts'

/** One login at the data store as the log store holds it. */
export interface LoginRecord {
  at: string
  /** The tag. */
  environment: string
  /** The environment whose database was logged in to, by what the server wrote; undefined for another database. */
  of: EnvironmentName | undefined
  text: string
}

const most = 500

/** Logins that the data store's server let in since a moment, the newest ones. */
export async function loginRecords(platform: Platform, since: Date): Promise<LoginRecord[]> {
  const found = await logsOn(platform).query(`_time:>=${since.toISOString()} source:="data-store" "connection authorized" | sort by (_time desc) limit ${most}`, most)
  return found.map((record) => ({ at: record['_time'] ?? '', environment: record['environment'] ?? 'none', of: databaseOf(record), text: record['_msg'] ?? '' }))
}

/** The server names the database in a field, and in the text of a login. */
export function databaseOf(record: Readonly<Record<string, string>>): EnvironmentName | undefined {
  const named = record['dbname'] ?? /database=(\S+)/.exec(record['_msg'] ?? '')?.[1]
  return environmentNames.find((name) => name === named)
}
