import { checkServerIdentity } from 'node:tls'
import { Client, DatabaseError } from 'pg'
import { budgets } from '../budgets.ts'
import { sentenceOf } from '../indeterminate.ts'
import type { LoginAttempt } from '../login.ts'
import type { DataStore } from '../platform/data-store.ts'
import { whatOf, whoami, type Login } from './database.ts'

/** Makes one login over verified TLS from the machine that runs the suites; `server` says where this machine finds the server. */
export async function logInFromHere(server: DataStore, login: Login): Promise<LoginAttempt> {
  const { as, database = as.database, statement = whoami } = login
  const started = performance.now()
  const client = new Client({
    host: server.host,
    port: server.port,
    user: as.username,
    password: as.password,
    database,
    application_name: 'plumbline-probe',
    connectionTimeoutMillis: budgets.dataStoreLogin.milliseconds,
    query_timeout: budgets.dataStoreLogin.milliseconds,
    ssl: { ca: server.authority, checkServerIdentity: (_host, certificate) => checkServerIdentity(server.serverName, certificate) },
  })
  client.on('error', () => {})
  let phase: LoginAttempt['phase'] = 'login'
  const what = whatOf(login, 'this machine', server)
  const after = () => performance.now() - started
  try {
    await client.connect()
    phase = 'statement'
    const { rows } = await client.query<Record<string, unknown>>(statement)
    const value: unknown = Object.values(rows[0] ?? {})[0]
    return { what, outcome: 'answered', phase, ...(typeof value === 'string' ? { value } : {}), milliseconds: after() }
  }
  catch (error) {
    return { what, phase, ...failureOf(error), milliseconds: after() }
  }
  finally {
    await client.end().catch(() => {})
  }
}

const networkCodes: Readonly<Record<string, LoginAttempt['outcome']>> = {
  ECONNREFUSED: 'refused', ECONNRESET: 'refused', EHOSTUNREACH: 'unreachable', ENETUNREACH: 'unreachable', ENOTFOUND: 'dns', EAI_AGAIN: 'dns', ETIMEDOUT: 'timeout',
}

/** The server's own no has a SQLSTATE; what TLS and the network say have codes of Node and OpenSSL. */
export function failureOf(error: unknown): Pick<LoginAttempt, 'outcome' | 'code' | 'message' | 'error'> {
  if (error instanceof DatabaseError) return { outcome: 'forbidden', code: error.code, message: `${error.severity ?? 'ERROR'}: ${error.message}` }
  const said = sentenceOf(error)
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (/CERT|SIGNATURE|^ERR_TLS|^ERR_SSL/.test(code) || said.includes('does not support SSL')) return { outcome: 'untrusted', error: said }
  return { outcome: networkCodes[code] ?? (said.includes('timeout') ? 'timeout' : 'error'), error: said }
}
