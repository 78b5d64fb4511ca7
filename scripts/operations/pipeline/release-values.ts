import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { UsageFailure } from '../../console/failure.ts'
import { isLoopback } from './outputs.ts'
import type { Outputs } from './outputs.ts'
import { environmentNames } from './platform-schema.ts'
import type { EnvironmentName, Platform } from './platform-schema.ts'
import type { Release } from './releases-file.ts'

/** The data store as pods reach it. */
export interface DataStore { host: string, addresses: string[], port: number }

/** What the values of a release are made of. */
export interface ValueSources {
  platform: Platform
  /** Undefined when there is no database that pods could reach. */
  dataStore: DataStore | undefined
  /** Reference of the approved change that this installation carries out. */
  approval: string
}

/** Values of a release, as its chart's schema knows them. Throws a UsageFailure when the list asks for something that cannot be. */
export function valuesOf(release: Release, sources: ValueSources): Record<string, unknown> {
  if (release.chart === 'guardrails') return { environments: [...environmentNames] }
  if (release.environment === undefined) {
    throw new UsageFailure(`The release ${release.name} of the chart ${release.chart} names no environment; add \`environment:\` to it in the release list.`)
  }
  return environmentValues(release.environment, sources)
}

function environmentValues(environment: EnvironmentName, { platform, dataStore, approval }: ValueSources): Record<string, unknown> {
  const { pool, podSecurity, quota, limits, hpa } = platform.environments[environment]
  return {
    environment,
    pool,
    podSecurity,
    approval: { reference: approval },
    quota: {
      'requests.cpu': quota.requestsCpu,
      'requests.memory': quota.requestsMemory,
      'limits.cpu': quota.limitsCpu,
      'limits.memory': quota.limitsMemory,
      'pods': String(quota.pods),
      'services': String(quota.services),
      'services.loadbalancers': String(quota.loadBalancers),
      'services.nodeports': String(quota.nodePorts),
      'configmaps': String(quota.configMaps),
      'secrets': String(quota.secrets),
      'persistentvolumeclaims': String(quota.volumeClaims),
    },
    limits: {
      default: { cpu: limits.defaultCpu, memory: limits.defaultMemory },
      defaultRequest: { cpu: limits.requestCpu, memory: limits.requestMemory },
      max: { cpu: limits.maxCpu, memory: limits.maxMemory },
    },
    hpa,
    dataStore: dataStore === undefined ? { enabled: false } : { enabled: true, ...dataStore },
  }
}

/** Where pods find the database. A network policy knows addresses only, so a host name is resolved here, at each installation. */
export async function dataStoreOf({ database }: Outputs): Promise<DataStore | undefined> {
  const { host, port } = database
  if (isLoopback(host)) return undefined
  if (isIP(host) !== 0) return { host, addresses: [host], port }
  const found = await lookup(host, { all: true })
  return { host, addresses: found.map(({ address }) => address).sort(), port }
}
