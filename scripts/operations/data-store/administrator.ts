import { checkServerIdentity } from 'node:tls'
import { Client } from 'pg'
import { exitCodes } from '../../../reports/model/verdict.ts'
import { CommandFailure, sentenceOf } from '../../console/failure.ts'
import type { Outputs } from '../pipeline/outputs.ts'

/** How the data store's administrator reaches its server from this machine. */
export interface Administrator {
  host: string
  port: number
  /** The name or address that the server's certificate must be for; differs from `host` behind a forwarder. */
  serverName: string
  /** PEM of the authority that signed the server's certificate. */
  authority: string
  username: string
  password: string
  /** The instance's own database, which belongs to no environment. */
  database: string
}

/** Linode gives every instance this database. */
const administrativeDatabase = 'defaultdb'

/** How long a connection may take to be made, and one statement to be answered. Milliseconds. */
const connectionBudget = 10_000
const statementBudget = 20_000

/** The administrator of the outputs. `at` is where this machine reaches the server; on Linode that is where everybody does. */
export function administratorOf({ database, database_admin: { username, password } }: Pick<Outputs, 'database' | 'database_admin'>, at?: { host: string, port: number }): Administrator {
  return {
    host: at?.host ?? database.host,
    port: at?.port ?? database.port,
    serverName: database.host,
    authority: Buffer.from(database.ca_certificate, 'base64').toString('utf8'),
    username,
    password,
    database: administrativeDatabase,
  }
}

/** Asks one connection. Resolves with the rows. */
export type Ask = (sql: string) => Promise<Record<string, unknown>[]>

/**
 * Does `work` over a verified connection of the administrator, to its own database or to another, and closes it. Rejects with a
 * CommandFailure that says what was asked of whom and what the server said; no statement is in it, since statements may hold verifiers.
 */
export async function asAdministrator<T>(admin: Administrator, work: (ask: Ask) => Promise<T>, database = admin.database): Promise<T> {
  const where = `database ${database} at ${admin.host}:${admin.port} as ${admin.username}`
  const client = new Client({
    host: admin.host,
    port: admin.port,
    user: admin.username,
    password: admin.password,
    database,
    application_name: 'plumbline',
    connectionTimeoutMillis: connectionBudget,
    query_timeout: statementBudget,
    ssl: { ca: admin.authority, checkServerIdentity: (_host, certificate) => checkServerIdentity(admin.serverName, certificate) },
  })
  // A connection that breaks is the failure of what is asked of it; without a listener it would end the process.
  client.on('error', () => undefined)
  await client.connect().catch((error: unknown) => {
    throw new CommandFailure(`Expected to reach the data store's ${where}, but ${sentenceOf(error)}. See docs/platform/data-store.md for what this means; this machine's address must be on \`database.allowList\` in platform.yaml.`, exitCodes.indeterminate)
  })
  try {
    return await work(async (sql) => (await client.query<Record<string, unknown>>(sql)).rows)
  } catch (error) {
    if (error instanceof CommandFailure) throw error
    throw new CommandFailure(`Expected the data store's ${where} to do as it was told, but it said: ${sentenceOf(error)}. See docs/platform/data-store.md.`, exitCodes.indeterminate)
  } finally {
    await client.end().catch(() => undefined)
  }
}

export function quoteName(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
