import type { EnvironmentName } from '../platform-schema.ts'
import type { ValueSources } from '../release-values.ts'

/** One environment's part of the platform file, in the words of its chart. */
export function environmentValues({ platform, dataStore, approval }: ValueSources, environment: EnvironmentName): Record<string, unknown> {
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
