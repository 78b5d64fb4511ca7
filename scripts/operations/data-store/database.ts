import { exitCodes } from '../../../reports/model/verdict.ts'
import { CommandFailure } from '../../console/failure.ts'
import { environmentNames } from '../pipeline/platform-schema.ts'
import { asAdministrator, quoteName, quoteText } from './administrator.ts'
import type { Administrator, Ask } from './administrator.ts'

/** The two login roles of an environment: one is in use, a rotation hands over to the other. */
export const colours = ['blue', 'green'] as const

/** Names of an environment on the server: its database and the group role that owns it, and the roles that log in. */
export function namesOf(environment: string): { group: string, database: string, logins: readonly [string, string] } {
  return { group: environment, database: environment, logins: [`${environment}_${colours[0]}`, `${environment}_${colours[1]}`] }
}

/** Only one of us changes roles and databases at a time: two grants at once meet as "tuple concurrently updated". */
const lock = 'select pg_advisory_lock(7586233)'

/** Does `work` as the administrator, in its own database, while nobody else does. */
export async function alone<T>(admin: Administrator, work: (ask: Ask) => Promise<T>): Promise<T> {
  return asAdministrator(admin, async (ask) => {
    await ask(lock)
    return work(ask)
  })
}

/**
 * Makes what an environment has on the server, or puts it right: its database, the group role that owns it, and two login roles that act
 * as that group, so that what one made, the other may change after a rotation. None of them belongs to any other role, nobody else
 * may connect to the database or make anything in its schema `public`. Gives no role a password. Idempotent; returns what it changed.
 */
export async function ensureDatabase(admin: Administrator, environment: string): Promise<string[]> {
  const { group, database, logins } = namesOf(environment)
  const changes = await alone(admin, async (ask) => {
    const made = await ensureNames(ask, environment)
    const share = await connectionShare(ask)
    for (const login of logins) {
      // An administrator who is no superuser may not even say `nosuperuser`: what is not named here cannot have been given by it.
      await ask(`alter role ${quoteName(login)} nocreatedb nocreaterole inherit connection limit ${share}`)
      await ask(`grant ${quoteName(group)} to ${quoteName(login)}`)
      // What a login makes belongs to the group: the other login of a rotation finds it as its own.
      await ask(`alter role ${quoteName(login)} in database ${quoteName(database)} set role = ${quoteText(group)}`)
    }
    return [...made, ...await revokeMemberships(ask, environment), ...await closeDatabases(ask, database)]
  })
  return [...changes, ...await closePublicSchema(admin, database)]
}

async function ensureNames(ask: Ask, environment: string): Promise<string[]> {
  const { group, database, logins } = namesOf(environment)
  const changes: string[] = []
  for (const role of [group, ...logins]) {
    const known = await ask(`select from pg_roles where rolname = ${quoteText(role)}`)
    if (known.length > 0) continue
    await ask(`create role ${quoteName(role)} nologin`)
    changes.push(`role ${role} made`)
  }
  // To make a database for a role, and to end the sessions of one, the administrator must be a member of it.
  await ask(`grant ${[group, ...logins].map(quoteName).join(', ')} to current_user`)
  const known = await ask(`select from pg_database where datname = ${quoteText(database)}`)
  if (known.length > 0) return changes
  // The pristine template: what somebody put into the other one is nobody's business here.
  await ask(`create database ${quoteName(database)} owner ${quoteName(group)} template template0 encoding 'UTF8'`)
  return [...changes, `database ${database} made`]
}

/** Connections kept free for the administrator and the platform itself. */
const keptFree = 5
const fewest = 2

/** An equal share of the server's connections for each environment, so that none can take those of the others. */
async function connectionShare(ask: Ask): Promise<number> {
  const [row] = await ask("select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int as free")
  return Math.max(fewest, Math.floor((Number(row?.['free']) - keptFree) / environmentNames.length))
}

/** Nobody but its two logins (and the administrator) is a member of an environment's roles, and these are members of nothing else. */
async function revokeMemberships(ask: Ask, environment: string): Promise<string[]> {
  const { group, logins } = namesOf(environment)
  const own = [group, ...logins].map(quoteText).join(', ')
  const stray = await ask(`select r.rolname as role, m.rolname as member from pg_auth_members
    join pg_roles r on r.oid = roleid join pg_roles m on m.oid = member
    where m.rolname <> current_user and (m.rolname in (${own}) or r.rolname in (${own}))
      and not (r.rolname = ${quoteText(group)} and m.rolname in (${logins.map(quoteText).join(', ')}))`)
  for (const { role, member } of stray) await ask(`revoke ${quoteName(String(role))} from ${quoteName(String(member))}`)
  return stray.map(({ role, member }) => `membership of ${String(member)} in ${String(role)} revoked`)
}

/** PUBLIC has nothing on any database that the administrator may change, and nobody but the owner has anything on the environment's. */
async function closeDatabases(ask: Ask, own: string): Promise<string[]> {
  const open = await ask(`select distinct datname as database, coalesce(quote_ident(g.rolname), 'public') as grantee from pg_database
    cross join lateral aclexplode(coalesce(datacl, acldefault('d', datdba))) as a left join pg_roles g on g.oid = a.grantee
    where not datistemplate and pg_has_role(datdba, 'usage') and (a.grantee = 0 or (a.grantee <> datdba and datname = ${quoteText(own)}))`)
  for (const { database, grantee } of open) await ask(`revoke all on database ${quoteName(String(database))} from ${String(grantee)}`)
  return open.map(({ database, grantee }) => `privileges of ${String(grantee)} on database ${String(database)} revoked`)
}

const publicMayCreate = `select from pg_namespace cross join lateral aclexplode(coalesce(nspacl, acldefault('n', nspowner))) as a
  where nspname = 'public' and a.grantee = 0 and a.privilege_type = 'CREATE'`

/** Older servers let everybody create in `public`, newer ones do not; a server that does not let it be taken away is not used. */
async function closePublicSchema(admin: Administrator, database: string): Promise<string[]> {
  return asAdministrator(admin, async (ask) => {
    if ((await ask(publicMayCreate)).length === 0) return []
    await ask('revoke create on schema public from public')
    if ((await ask(publicMayCreate)).length === 0) return [`right of PUBLIC to create in schema public of database ${database} revoked`]
    throw new CommandFailure(`The schema public of the data store's database ${database} was expected to let only its owner create, but PUBLIC still may: ${admin.username} has no right to revoke it. Ask the owner of that schema to do so.`, exitCodes.indeterminate)
  }, database)
}
