import { UsageFailure } from '../../console/failure.ts'
import { didYouMean } from '../../console/nearest.ts'
import { environmentNames } from '../pipeline/platform-schema.ts'
import type { EnvironmentName } from '../pipeline/platform-schema.ts'

/** How the value of a secret comes about. `given` values are made by somebody else and only kept and delivered here. */
export type Generator = 'data-store role' | 'random key' | 'certificate' | 'certificate authority' | 'given'

/** A Deployment that uses a secret. One that watches it takes up a new value by itself; the others are restarted. */
export interface Consumer { namespace: string, deployment: string, watches: boolean }

export interface BaselineSecret {
  namespace: string
  name: string
  /** Type of the Kubernetes Secret; undefined for what is kept in the store only and delivered nowhere. */
  type: 'Opaque' | 'kubernetes.io/tls' | undefined
  /** Keys whose values are secret; these alone are fingerprinted and redacted. */
  secretKeys: readonly string[]
  /** Keys whose values everybody may know. */
  plainKeys: readonly string[]
  generator: Generator
  /** Least entropy of the generated value in bits; undefined for what is given. */
  entropyBits: number | undefined
  owner: string
  consumers: readonly Consumer[]
  /** After so many days it is due for rotation. */
  periodDays: number
}

const ofEnvironment = (environment: EnvironmentName): BaselineSecret[] => {
  const service: Consumer = { namespace: environment, deployment: 'sample-service', watches: false }
  return [
    {
      namespace: environment, name: 'data-store', type: 'Opaque',
      secretKeys: ['password', 'uri'], plainKeys: ['host', 'port', 'database', 'username', 'ca.crt'],
      generator: 'data-store role', entropyBits: 190, owner: 'platform-engineering', consumers: [service], periodDays: 90,
    },
    {
      namespace: environment, name: 'session-key', type: 'Opaque',
      secretKeys: ['key'], plainKeys: [],
      generator: 'random key', entropyBits: 256, owner: 'application-team', consumers: [service], periodDays: 90,
    },
    {
      namespace: environment, name: 'ingress-tls', type: 'kubernetes.io/tls',
      secretKeys: ['tls.key'], plainKeys: ['tls.crt', 'ca.crt'],
      // A P-256 key is a random number of 256 bits; what it takes to find it is about 2^128 steps.
      generator: 'certificate', entropyBits: 256, owner: 'platform-engineering', consumers: [{ namespace: 'ingress', deployment: 'traefik', watches: true }], periodDays: 60,
    },
  ]
}

/** Every secret that the platform bootstraps: a closed list. The authority comes first, since certificates are signed with it. */
export const baseline: readonly BaselineSecret[] = [
  {
    namespace: 'platform', name: 'authority', type: undefined,
    secretKeys: ['key'], plainKeys: ['certificate'],
    generator: 'certificate authority', entropyBits: 256, owner: 'platform-engineering', consumers: [], periodDays: 1095,
  },
  {
    // Taken out with two people's approval only, and made anew after use (docs/platform/access.md).
    namespace: 'platform', name: 'admin-kubeconfig', type: undefined,
    secretKeys: ['kubeconfig'], plainKeys: [],
    generator: 'given', entropyBits: undefined, owner: 'platform-engineering', consumers: [], periodDays: 365,
  },
  ...environmentNames.flatMap(ofEnvironment),
  {
    namespace: 'observability', name: 'channel', type: 'Opaque',
    secretKeys: ['url'], plainKeys: [],
    generator: 'given', entropyBits: undefined, owner: 'platform-engineering', consumers: [{ namespace: 'observability', deployment: 'alertmanager', watches: false }], periodDays: 365,
  },
  {
    namespace: 'audit', name: 'audit-bucket', type: 'Opaque',
    secretKeys: ['secret_key'], plainKeys: ['access_key'],
    generator: 'given', entropyBits: undefined, owner: 'platform-engineering', consumers: [{ namespace: 'audit', deployment: 'audit-forwarder', watches: false }], periodDays: 365,
  },
]

/** Every key of a secret, in one order. */
export function keysOf({ secretKeys, plainKeys }: BaselineSecret): string[] {
  return [...secretKeys, ...plainKeys].toSorted()
}

export function idOf({ namespace, name }: { namespace: string, name: string }): string {
  return `${namespace}/${name}`
}

/** The secret of that name. Throws a UsageFailure that says what is known, and what was most likely meant. */
export function secretNamed(namespace: string, name: string): BaselineSecret {
  const namespaces = [...new Set(baseline.map((one) => one.namespace))]
  if (!namespaces.includes(namespace)) {
    throw new UsageFailure(`${namespace} has no baseline secrets; expected one of ${namespaces.join(', ')}.${didYouMean(namespace, namespaces)}`)
  }
  const there = baseline.filter((one) => one.namespace === namespace)
  const found = there.find((one) => one.name === name)
  if (found !== undefined) return found
  const names = there.map((one) => one.name)
  throw new UsageFailure(`${name} is not a baseline secret of ${namespace}; expected one of ${names.join(', ')}.${didYouMean(name, names)}`)
}
