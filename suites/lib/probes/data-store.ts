import { environmentNames } from '../../intent/environments.ts'
import { budgets } from '../budgets.ts'
import { converge } from '../converge.ts'
import type { LoginAttempt } from '../login.ts'
import { endpointIn, loginOf, type DataStore } from '../platform/data-store.ts'
import type { Platform } from '../platform/platform.ts'
import { logInFrom, type Login } from './database.ts'
import type { Traffic } from './traffic.ts'

/** The data store as the environments' own pods see it. */
export interface DataStoreProbes {
  /** All logins at once from one pod of the environment, at its own name of the data store. */
  from: (environment: string, logins: readonly Login[]) => Promise<LoginAttempt[]>
  /** What the services of an environment log in with; throws IndeterminateError when the run was not told. */
  loginOf: (environment: string) => Login['as']
  endpointIn: (environment: string) => DataStore
  /** Each environment's own login at its own database, made anew each time: the control of everything else. */
  own: (statement?: string) => Promise<ReadonlyMap<string, LoginAttempt>>
}

/**
 * Uses the run's probes. A fresh pod takes a moment until its node knows the policies and names that let it out, so the first `own` waits,
 * inside a budget, until every environment was answered once; what it resolves with is judged in any case.
 */
export async function dataStoreProbes({ platform, traffic }: { platform: Platform, traffic: Traffic }): Promise<DataStoreProbes> {
  const fleet = await traffic.fleet()
  const from: DataStoreProbes['from'] = (environment, logins) =>
    logInFrom({ platform, fleet, zone: environment, server: endpointIn(platform, environment) }, logins)
  const once = async (statement: string | undefined): Promise<LoginAttempt[]> => (await Promise.all(environmentNames.map((environment) =>
    from(environment, [{ as: loginOf(platform, environment), ...(statement === undefined ? {} : { statement }) }])))).flat()
  const own = async (statement?: string): Promise<ReadonlyMap<string, LoginAttempt>> => {
    const { value } = await converge(() => once(statement), budgets.routesProgrammed, {
      consecutive: 1, until: (attempts) => attempts.every(({ outcome }) => outcome !== 'dns' && outcome !== 'timeout'),
    })
    return new Map(environmentNames.flatMap((environment, index) => value[index] === undefined ? [] : [[environment, value[index]] as const]))
  }
  return { from, own, loginOf: (environment) => loginOf(platform, environment), endpointIn: (environment) => endpointIn(platform, environment) }
}
