import { environmentNames } from './platform-schema.ts'
import type { Platform } from './platform-schema.ts'
import { quantity } from './quantity.ts'
import type { QuantityKind } from './quantity.ts'

/** A key that contradicts another one: where it is, and what was expected of it. */
export interface Contradiction { path: (string | number)[], expected: string }

const versionOf = {
  enterprise: { pattern: /^v\d+\.\d+\.\d+\+lke\d+$/, expected: 'a version of the enterprise tier such as v1.35.4+lke1' },
  standard: { pattern: /^\d+\.\d+$/, expected: 'a version of the standard tier such as "1.35"' },
} as const

/** What one key of a platform file demands of another. Empty when nothing is contradicted. */
export function contradictions(platform: Platform): Contradiction[] {
  return [...clusterRules(platform), ...poolRules(platform), ...environmentRules(platform), ...bucketRules(platform), ...peopleRules(platform)]
}

function clusterRules({ tier, kubernetesVersion, controlPlane }: Platform): Contradiction[] {
  const found: Contradiction[] = []
  const version = versionOf[tier]
  if (!version.pattern.test(kubernetesVersion)) found.push({ path: ['kubernetesVersion'], expected: version.expected })
  if (tier === 'standard' && controlPlane.auditLogs) {
    found.push({ path: ['controlPlane', 'auditLogs'], expected: 'false, because only the enterprise tier has an audit log' })
  }
  const { ipv4, ipv6 } = controlPlane.allowedAddresses
  if (ipv4.length + ipv6.length === 0) found.push({ path: ['controlPlane', 'allowedAddresses'], expected: 'at least one range, or nobody can use the cluster' })
  return found
}

function poolRules({ pools }: Platform): Contradiction[] {
  const system: Contradiction[] = pools.some(({ purpose }) => purpose === 'system')
    ? []
    : [{ path: ['pools'], expected: 'a pool with the purpose system, which the cluster is made with' }]
  return [...system, ...pools.flatMap(({ purpose }, index) => pools.findIndex((other) => other.purpose === purpose) === index
    ? []
    : [{ path: ['pools', index, 'purpose'], expected: 'a purpose that no other pool has' }])]
}

function environmentRules(platform: Platform): Contradiction[] {
  const purposes = platform.pools.map((pool) => pool.purpose)
  return environmentNames.flatMap((name) => {
    const { pool, quota, limits, hpa } = platform.environments[name]
    const found: Contradiction[] = []
    const at = (...path: string[]) => ['environments', name, ...path]
    if (!purposes.includes(pool)) found.push({ path: at('pool'), expected: `the purpose of a pool (${purposes.join(', ')})` })
    if (hpa.minReplicas > hpa.maxReplicas) found.push({ path: at('hpa', 'minReplicas'), expected: `at most maxReplicas, which is ${hpa.maxReplicas}` })
    const atMost = (kind: QuantityKind, lower: Place, upper: Place) => {
      if (size(kind, lower) > size(kind, upper)) found.push({ path: at(lower.of, lower.key), expected: `at most ${upper.key}, which is ${upper.text}` })
    }
    const quotaOf = place('quota', quota)
    const limitOf = place('limits', limits)
    atMost('cpu', quotaOf('requestsCpu'), quotaOf('limitsCpu'))
    atMost('memory', quotaOf('requestsMemory'), quotaOf('limitsMemory'))
    atMost('cpu', limitOf('requestCpu'), limitOf('defaultCpu'))
    atMost('memory', limitOf('requestMemory'), limitOf('defaultMemory'))
    atMost('cpu', limitOf('defaultCpu'), limitOf('maxCpu'))
    atMost('memory', limitOf('defaultMemory'), limitOf('maxMemory'))
    return found
  })
}

function bucketRules({ state, audit, secrets }: Platform): Contradiction[] {
  return [
    ...state.bucket === audit.bucket ? [{ path: ['audit', 'bucket'], expected: 'another bucket than the state\'s' }] : [],
    ...[state.bucket, audit.bucket].includes(secrets.bucket) ? [{ path: ['secrets', 'bucket'], expected: 'another bucket than those of the state and the audit' }] : [],
  ]
}

function peopleRules({ people }: Platform): Contradiction[] {
  const taken = (key: 'name' | 'key') => people.flatMap((person, index) => people.findIndex((other) => other[key] === person[key]) === index
    ? []
    : [{ path: ['people', index, key], expected: `a ${key} that nobody else has` }])
  return [...taken('name'), ...taken('key')]
}

interface Place { of: string, key: string, text: string }

function place<T extends object>(of: string, values: T): (key: keyof T & string) => Place {
  return (key) => ({ of, key, text: String(values[key]) })
}

function size(kind: QuantityKind, { text }: Place): number {
  return quantity(kind, text) ?? Number.NaN
}
