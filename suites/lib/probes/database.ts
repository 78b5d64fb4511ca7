import { z } from 'zod'
import { budgets } from '../budgets.ts'
import { IndeterminateError } from '../indeterminate.ts'
import type { LoginAttempt } from '../login.ts'
import type { DataStore } from '../platform/data-store.ts'
import { execIn } from '../platform/exec.ts'
import type { DataStoreLogin, Platform } from '../platform/platform.ts'
import type { ReadyMember } from './agents.ts'
import type { Fleet } from './fleet.ts'
import { probeContainer, probeName } from './manifests.ts'

/** One login to try: verified TLS and the login's own database, unless it says otherwise. */
export interface Login {
  as: DataStoreLogin
  database?: string
  /** `verified` demands the server's certificate by its own name and authority. */
  tls?: 'verified' | 'none'
  /** Instead of the authority and name that the platform's outputs say. */
  trust?: Partial<Pick<DataStore, 'authority' | 'serverName'>>
  /** Its last result's first value is the answer; by default who and where the session is. */
  statement?: string
}

export const whoami = "select concat_ws(' ', session_user, current_database())"

const resultSchema = z.object({
  id: z.string(),
  outcome: z.enum(['answered', 'forbidden', 'untrusted', 'timeout', 'refused', 'unreachable', 'dns', 'error']),
  phase: z.enum(['resolve', 'connect', 'login', 'statement']),
  address: z.string().optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  error: z.string().optional(),
  value: z.string().optional(),
  ms: z.number().nonnegative(),
})
const responseSchema = z.object({ results: z.array(resultSchema) })

/** A place that logins are made from, and where they find the server. */
export interface Source {
  platform: Platform
  fleet: Fleet
  /** Zone of the pod. */
  zone: string
  server: DataStore
}

/**
 * Makes all logins at once from one pod of the zone, in one exec, and resolves with what became of each, in their order. Everything that is
 * secret goes over standard input. Rejects with IndeterminateError when no pod of the zone runs or the probe could not be run.
 */
export async function logInFrom({ platform, fleet, zone, server }: Source, logins: readonly Login[]): Promise<LoginAttempt[]> {
  const member = readyMember(fleet, zone)
  const attempts = logins.map((login, index) => ({ id: String(index), ...wireOf(login, server) }))
  const input = `${JSON.stringify({ timeoutMs: budgets.dataStoreLogin.milliseconds, attempts })}\n`
  const target = { namespace: member.namespace, pod: probeName(member.endpoint, fleet.run), container: probeContainer }
  const printed = await execIn(platform.cluster.config, target, ['/probe-agent', 'postgres'], { input, budget: budgets.dataStoreExec })
  const results = new Map(responseSchema.parse(JSON.parse(printed)).results.map((result) => [result.id, result]))
  return logins.map((login, index) => {
    const found = results.get(String(index))
    if (found === undefined) throw new IndeterminateError(`expected the probe in ${zone} to say what became of "${whatOf(login, zone, server)}", but it did not`)
    const { outcome, phase, address, code, message, error, value, ms } = found
    return { what: whatOf(login, zone, server), outcome, phase, address, code, message, error, value, milliseconds: ms }
  })
}

function readyMember(fleet: Fleet, zone: string): ReadyMember {
  const members = fleet.members.filter(({ endpoint }) => endpoint.zone === zone)
  const ready = members.find((member) => member.ready)
  if (ready !== undefined) return ready
  const [first] = members
  throw new IndeterminateError(`expected a probe to run in ${zone}, but none does${first?.ready === false ? `: ${first.why}` : ''}`)
}

function wireOf({ as, database, tls = 'verified', trust, statement = whoami }: Login, server: DataStore): Record<string, unknown> {
  return {
    host: server.host,
    port: server.port,
    user: as.username,
    password: as.password,
    database: database ?? as.database,
    ca: trust?.authority ?? server.authority,
    serverName: trust?.serverName ?? server.serverName,
    sslmode: tls === 'verified' ? 'verify-full' : 'disable',
    statement,
  }
}

/** The sentence of a login: from where, as whom, at which database of which server, over what. */
export function whatOf({ as, database, tls = 'verified', trust }: Login, from: string, { host, port }: Pick<DataStore, 'host' | 'port'>): string {
  const trusted = trust?.authority !== undefined ? ', trusting another authority' : trust?.serverName !== undefined ? `, expecting the server to be ${trust.serverName}` : ''
  return `${from} as ${as.username} at database ${database ?? as.database} of ${host}:${port} ${tls === 'verified' ? 'over verified TLS' : 'without TLS'}${trusted}`
}
