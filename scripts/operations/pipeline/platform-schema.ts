import { z } from 'zod'
import { publicKeyOf, roles } from '../people/people.ts'
import { quantity, quantityExpectation } from './quantity.ts'
import type { QuantityKind } from './quantity.ts'

// Every error text below says what was expected; platform-file.ts adds the file, the line, the key and what was seen.
const matching = (pattern: RegExp, expected: string) => z.string(expected).regex(pattern, expected)
const whole = (least: number, most: number) => {
  const expected = `a whole number from ${least} to ${most}`
  return z.int(expected).min(least, expected).max(most, expected)
}
/** YAML reads `4` as a number and `500m` as text; both are quantities. */
const amount = (kind: QuantityKind) => z.union([z.string(), z.number()], quantityExpectation[kind])
  .transform(String)
  .refine((text) => quantity(kind, text) !== undefined, quantityExpectation[kind])

const dnsLabel = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/
const name = matching(dnsLabel, 'a name of lower-case letters, digits and hyphens')
const linodeType = matching(/^g\d+-[a-z0-9-]+$/, 'a Linode type such as g6-standard-4')
const bucket = matching(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, 'a bucket name of 3 to 63 lower-case letters, digits and hyphens')
const ipv4Range = z.cidrv4('an IPv4 range such as 192.0.2.0/24, or 192.0.2.7/32 for one address')
const ipv6Range = z.cidrv6('an IPv6 range such as 2001:db8::/32, or 2001:db8::7/128 for one address')
const publicKey = z.string('an ed25519 public key').refine(isPublicKey, 'an ed25519 public key: the `key` that `npx plumbline people key NAME` prints')
const list = <T extends z.ZodType>(element: T) => z.array(element, 'a list')
const flag = z.boolean('true or false')

const quotaSchema = z.strictObject({
  requestsCpu: amount('cpu'),
  requestsMemory: amount('memory'),
  limitsCpu: amount('cpu'),
  limitsMemory: amount('memory'),
  pods: whole(1, 10_000),
  services: whole(1, 10_000),
  loadBalancers: whole(0, 100),
  nodePorts: whole(0, 1000),
  configMaps: whole(1, 10_000),
  secrets: whole(1, 10_000),
  volumeClaims: whole(0, 1000),
}, 'a mapping of the quota')

/** Per container: what it asks for and is held to when it names nothing, and the most that it may name. */
const limitsSchema = z.strictObject({
  requestCpu: amount('cpu'),
  requestMemory: amount('memory'),
  defaultCpu: amount('cpu'),
  defaultMemory: amount('memory'),
  maxCpu: amount('cpu'),
  maxMemory: amount('memory'),
}, 'a mapping of the limits')

const environmentSchema = z.strictObject({
  pool: name,
  podSecurity: z.enum(['restricted', 'baseline'], 'restricted or baseline'),
  quota: quotaSchema,
  limits: limitsSchema,
  hpa: z.strictObject({ minReplicas: whole(1, 100), maxReplicas: whole(1, 100), targetCpuPercent: whole(1, 100) }, 'a mapping of the autoscaling thresholds'),
  alerts: z.strictObject({
    cpuPercent: whole(1, 100),
    memoryPercent: whole(1, 100),
    podsReadyPercent: whole(1, 100),
    requestSuccessPercent: whole(1, 100),
    ingressLatencyMs: whole(1, 60_000),
  }, 'a mapping of the alert thresholds'),
}, 'a mapping of the environment')

/** The shape of a platform file. What one key demands of another is in platform-rules.ts. */
export const platformSchema = z.strictObject({
  apiVersion: z.literal('plumbline.dev/v1', 'plumbline.dev/v1'),
  // Linode allows 32 characters for a label, and Terraform appends up to 10.
  name: matching(/^(?=.{3,22}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'a name of 3 to 22 lower-case letters, digits and single hyphens'),
  region: matching(/^[a-z]{2}-[a-z0-9-]+$/, 'a region id such as us-east'),
  tier: z.enum(['standard', 'enterprise'], 'standard or enterprise'),
  kubernetesVersion: z.string('a Kubernetes version as text, for example "1.35"'),
  controlPlane: z.strictObject({
    highAvailability: flag,
    auditLogs: flag,
    allowedAddresses: z.strictObject({ ipv4: list(ipv4Range), ipv6: list(ipv6Range) }, 'a mapping of ipv4 and ipv6 lists'),
  }, 'a mapping of the control plane'),
  pools: list(z.strictObject({ purpose: name, type: linodeType, count: whole(1, 100) }, 'a mapping of the pool')).min(1, 'at least one pool'),
  environments: z.strictObject({
    development: environmentSchema,
    staging: environmentSchema,
    production: environmentSchema,
    system: environmentSchema,
  }, 'a mapping of the four environments'),
  database: z.strictObject({
    type: linodeType,
    engine: matching(/^postgresql\/\d+$/, 'an engine such as postgresql/15'),
    clusterSize: z.union([z.literal(1), z.literal(2), z.literal(3)], '1, 2 or 3'),
    allowList: list(ipv4Range).min(1, 'at least one range: an empty list refuses everybody'),
  }, 'a mapping of the database'),
  state: z.strictObject({ bucket, keepVersions: whole(1, 1000) }, 'a mapping of the state'),
  audit: z.strictObject({ bucket, retentionDays: whole(1, 3650) }, 'a mapping of the audit'),
  secrets: z.strictObject({ bucket }, 'a mapping of the secrets'),
  domain: matching(/^([a-z0-9]([-a-z0-9]*[a-z0-9])?\.)+[a-z]{2,}$/, 'a domain such as plumbline.internal'),
  observability: z.strictObject({
    metricsRetentionDays: whole(31, 400),
    logRetentionDays: whole(1, 400),
    runbooks: z.url({ protocol: /^https$/, error: 'an https address of a folder with runbooks' }),
    outsideProbers: list(matching(/^(\d{1,3}\.){3}\d{1,3}:\d{1,5}$/, 'address:port of a prober\'s metrics, such as 192.0.2.7:9313')),
  }, 'a mapping of the observability'),
  /** Whose signature counts, for approvals. Who may change this list may approve everything: review it. */
  people: list(z.strictObject({ name, roles: list(z.enum(roles, `one of ${roles.join(', ')}`)).min(1, 'at least one role'), key: publicKey }, 'a mapping of the person')).default([]),
}, 'a mapping')

export type Platform = z.infer<typeof platformSchema>
export type EnvironmentName = keyof Platform['environments']
export const environmentNames = Object.keys(platformSchema.shape.environments.shape) as EnvironmentName[]

function isPublicKey(text: string): boolean {
  try {
    publicKeyOf({ key: text })
    return true
  } catch {
    return false
  }
}
