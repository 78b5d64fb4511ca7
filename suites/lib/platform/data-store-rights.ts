import { z } from 'zod'
import { IndeterminateError } from '../indeterminate.ts'
import { wordsOf, type LoginAttempt } from '../login.ts'

/** What a role may do in a database, as its server says, and what it is beyond that. */
export interface RightsHolder {
  /** Name of a role that may log in, or PUBLIC for what everybody has. */
  role: string
  rights: readonly string[]
}

const rights = [
  ['may connect', "has_database_privilege(r.name, current_database(), 'CONNECT')"],
  ['may create schemas', "has_database_privilege(r.name, current_database(), 'CREATE')"],
  ['may make temporary tables', "has_database_privilege(r.name, current_database(), 'TEMPORARY')"],
  ['may create in schema public', "has_schema_privilege(r.name, 'public', 'CREATE')"],
] as const

/**
 * Asks the server, as an environment's own role, who may do what in that environment's database. The server's superusers and the administrator
 * (who makes the roles) are left out: they may do everything everywhere.
 */
export const rightsStatement = `select json_agg(json_build_object('role', role, 'rights', held)) from (
  select r.name as role, array_remove(array[${rights.map(([name, held]) => `case when ${held} then '${name}' end`).join(', ')}], null) as held
  from (select 'public' as name union all select rolname::text from pg_roles where rolcanlogin and not rolsuper and not rolcreaterole) as r
) as found where cardinality(held) > 0`

/** Asks the server, as an environment's own role, what the login roles may do beyond any database. */
export const attributesStatement = `select json_agg(json_build_object('role', rolname, 'rights', array_remove(array[
    case when rolsuper then 'is a superuser' end, case when rolcreaterole then 'may make roles' end, case when rolcreatedb then 'may make databases' end,
    case when rolbypassrls then 'passes row-level security' end, case when rolreplication then 'may replicate' end,
    case when rolconnlimit < 0 then 'may take every connection' end], null)))
  from pg_roles where rolcanlogin`

const holdersSchema = z.array(z.object({ role: z.string(), rights: z.array(z.string()) }))

/** The holders in an answer to one of the statements. Throws IndeterminateError when the server did not answer, or with something else. */
export function holdersIn(attempt: LoginAttempt): RightsHolder[] {
  if (attempt.outcome !== 'answered') throw new IndeterminateError(`expected the data store to say who may do what, as "${attempt.what}", but ${wordsOf(attempt)}`)
  const found = holdersSchema.safeParse(JSON.parse(attempt.value ?? '[]'))
  if (!found.success) throw new IndeterminateError(`expected the data store to say who may do what, as "${attempt.what}", but it said ${attempt.value ?? 'nothing'}`)
  return found.data
}

/** Whether a role is one of the environment: its group, or one of the two logins that a rotation changes between. */
export function belongsTo(role: string, environment: string): boolean {
  return role === environment || role.startsWith(`${environment}_`)
}
