import type { IntendedAccess } from './access.ts'
import { holders } from './access.ts'
import { environmentNames } from './environments.ts'

/** What each environment's services are given (FR-005, SC-005): by name of the Secret, the keys whose values nobody else may know. */
export const baselineSecrets = {
  'data-store': ['password', 'uri'],
  'session-key': ['key'],
  'ingress-tls': ['tls.key'],
} as const satisfies Record<string, readonly string[]>

export const baselineNames = Object.keys(baselineSecrets)

/** SC-005: "at least two baseline secrets per environment". */
export const leastPerEnvironment = 2

/** Below this a secret can be found by trying; the usual floor for keys (NIST SP 800-57, until 2031 and beyond). */
export const leastEntropyBits = 128

/** What a value of a generator looks like, and how many bits a value of that look can hold at most: fewer than stated would give the statement the lie. */
export const forms: Readonly<Record<string, { looks: RegExp, bits: (value: string) => number }>> = {
  password: { looks: /^[A-Za-z0-9]{32,}$/, bits: (value) => value.length * Math.log2(62) },
  uri: { looks: /^postgresql:\/\/[a-z_]+:[A-Za-z0-9]{32,}@[^/]+\/[a-z]+\?sslmode=verify-full$/, bits: (value) => (/:([A-Za-z0-9]+)@/.exec(value)?.[1] ?? '').length * Math.log2(62) },
  key: { looks: /^[A-Za-z0-9+/]{43}=$/, bits: (value) => Buffer.from(value, 'base64').length * 8 },
  'tls.key': { looks: /^-----BEGIN PRIVATE KEY-----\n[\s\S]+\n-----END PRIVATE KEY-----\n$/, bits: () => 256 },
}

/** Who may look into the Secrets of an environment: its administrators. Every other holder, of any environment, may not. */
export const intendedSecretAccess: readonly IntendedAccess[] = holders.flatMap((holder) => environmentNames.flatMap((environment) => ['get', 'list', 'watch'].map((verb): IntendedAccess => ({
  id: `${holder.name} ${verb} secrets in ${environment}`,
  holder,
  environment,
  verb,
  group: '',
  resource: 'secrets',
  intended: holder.environment === environment && holder.profile === 'environment-admin' ? 'allow' : 'deny',
}))))
