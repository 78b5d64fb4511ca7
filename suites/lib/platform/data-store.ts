import { IndeterminateError } from '../indeterminate.ts'
import type { DataStoreLogin, Platform } from './platform.ts'

/** The shared data store's server, as somebody finds it. */
export interface DataStore {
  /** Name (with a final dot, so that no search domain is tried) or address. */
  host: string
  port: number
  /** What the server's certificate must be for. */
  serverName: string
  /** PEM of the authority that signed it. */
  authority: string
}

/** The stable name of the data store in an environment. The same in each but for the environment, whatever server is behind it. */
export function endpointIn(platform: Platform, environment: string): DataStore {
  const { host, port, ca_certificate } = platform.outputs.database
  return {
    host: `data-store.${platform.namespaceOf(environment)}.svc.cluster.local.`,
    port,
    serverName: host,
    authority: Buffer.from(ca_certificate, 'base64').toString('utf8'),
  }
}

/** What the services of an environment log in with; throws IndeterminateError when the run was not told. */
export function loginOf(platform: Platform, environment: string): DataStoreLogin {
  const login = platform.dataStore[environment]
  if (login !== undefined) return login
  const told = Object.keys(platform.dataStore).join(', ')
  throw new IndeterminateError(`expected to be told the data store's login of ${environment}, but the run was told ${told === '' ? 'none' : `those of ${told} alone`}; run "plumbline secrets status" to see whether it was made`)
}
