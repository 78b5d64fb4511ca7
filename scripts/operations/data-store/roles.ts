import { exitCodes } from '../../../reports/model/verdict.ts'
import { CommandFailure, UsageFailure } from '../../console/failure.ts'
import { quoteName, quoteText } from './administrator.ts'
import type { Administrator, Ask } from './administrator.ts'
import { alone, ensureDatabase, namesOf } from './database.ts'
import { scramVerifier } from './scram.ts'
import { stateUsage, usageOf } from './usage.ts'
import type { Usage } from './usage.ts'

export interface Credentials { username: string, password: string }

/** A rotation that has handed out the new login; the old one works until `retire`. */
export interface Rotation {
  /** The login that services must use from now on, with the new password. */
  username: string
  /** Takes the old login away: it may not log in any more, and its sessions are ended. */
  retire: () => Promise<void>
}

/** How long a session may take to end, milliseconds. */
const sessionEnd = 5000

/** The login that a new environment begins with. */
export function firstLogin(environment: string): string {
  return namesOf(environment).logins[0]
}

/**
 * Makes or puts right an environment's database and roles, and gives the named login the password. What is handed in is what its
 * services were given, so that login is the one in use; the other is closed, unless a rotation between the two is under way. Idempotent;
 * returns what it changed beside the password.
 */
export async function ensureRole(admin: Administrator, environment: string, { username, password }: Credentials): Promise<string[]> {
  const other = otherLogin(environment, username)
  const changes = await ensureDatabase(admin, environment)
  await alone(admin, async (ask) => {
    const usage = await usageOf(ask, namesOf(environment).group)
    await open(ask, { username, password })
    if ((usage?.next ?? null) !== null) return
    await ask(`alter role ${quoteName(other)} nologin password null`)
    if (usage?.inUse !== username) await state(ask, environment, { inUse: username, next: null })
  })
  return changes
}

/**
 * Begins a rotation: the login that is not in use gets the password and may log in, and the one in use goes on working until the returned
 * `retire`. Begun again before that, it gives the same login another password. Rejects with a UsageFailure when no login is in use yet.
 */
export async function rotateRole(admin: Administrator, environment: string, newPassword: string): Promise<Rotation> {
  const username = await alone(admin, async (ask) => {
    const usage = await usageOf(ask, namesOf(environment).group)
    if (usage === undefined) throw new UsageFailure(`No login of the data store is in use for ${environment} yet, so there is none to rotate; run \`npx plumbline provision\` first.`)
    const next = usage.next ?? otherLogin(environment, usage.inUse)
    await open(ask, { username: next, password: newPassword })
    await state(ask, environment, { inUse: usage.inUse, next })
    return next
  })
  return { username, retire: () => retireOther(admin, environment, username) }
}

/** Ends a rotation, also one that another process began: `username` is the only login from now on. Idempotent. */
export async function retireOther(admin: Administrator, environment: string, username: string): Promise<void> {
  const old = otherLogin(environment, username)
  await alone(admin, async (ask) => {
    // First the statement: from here on nobody takes the old login for the one in use, whatever happens next.
    await state(ask, environment, { inUse: username, next: null })
    await ask(`alter role ${quoteName(old)} nologin password null`)
    const sessions = await ask(`select pid, pg_terminate_backend(pid, ${sessionEnd}) as ended from pg_stat_activity where usename = ${quoteText(old)}`)
    const left = sessions.filter(({ ended }) => ended !== true)
    if (left.length === 0) return
    throw new CommandFailure(`Every session of ${old} at the data store was expected to end within ${sessionEnd / 1000} s, but ${left.length} of ${sessions.length} did not; that login is closed already, run the rotation's last step again.`, exitCodes.indeterminate)
  })
}

/** Which login of an environment is in use, and whether a rotation is under way; undefined before the first `ensureRole`. */
export async function usageIn(admin: Administrator, environment: string): Promise<Usage | undefined> {
  return alone(admin, (ask) => usageOf(ask, namesOf(environment).group))
}

async function open(ask: Ask, { username, password }: Credentials): Promise<void> {
  await ask(`alter role ${quoteName(username)} login password ${quoteText(scramVerifier(password))}`)
}

async function state(ask: Ask, environment: string, usage: Omit<Usage, 'since'>): Promise<void> {
  await stateUsage(ask, namesOf(environment).group, { ...usage, since: new Date().toISOString() })
}

function otherLogin(environment: string, username: string): string {
  const { logins: [first, second] } = namesOf(environment)
  if (username === first) return second
  if (username === second) return first
  throw new UsageFailure(`The data store's logins of ${environment} are ${first} and ${second}, but ${JSON.stringify(username)} was given.`)
}
