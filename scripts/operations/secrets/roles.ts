import { administratorOf } from '../data-store/administrator.ts'
import { ensureRole, retireOther, rotateRole } from '../data-store/roles.ts'
import type { Installation } from '../pipeline/installation.ts'
import type { Outputs } from '../pipeline/outputs.ts'

/** Who keeps the data store's logins, as the secrets need it. */
export interface LoginKeeper {
  /** Afterwards this login of the environment works with this password. */
  ensure(environment: string, login: { username: string, password: string }): Promise<void>
  /** Gives the login that is not in use this password; both work from now on. Resolves with its name. */
  begin(environment: string, password: string): Promise<string>
  /** Afterwards `username` is the only login that works, and nobody is connected with the other. */
  finish(environment: string, username: string): Promise<void>
}

/** The logins of the installation's own data store. */
export function loginKeeper(outputs: Pick<Outputs, 'database' | 'database_admin'>, { database }: Pick<Installation, 'database'>): LoginKeeper {
  const admin = administratorOf(outputs, database)
  return {
    ensure: async (environment, login) => { await ensureRole(admin, environment, login) },
    begin: async (environment, password) => (await rotateRole(admin, environment, password)).username,
    finish: async (environment, username) => retireOther(admin, environment, username),
  }
}
