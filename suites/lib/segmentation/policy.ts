import { z } from 'zod'
import { selectorSchema, type Selector } from '../label-selector.ts'

const cidr = z.union([z.cidrv4(), z.cidrv6()])
const blockSchema = z.strictObject({ cidr, except: z.array(cidr).nullish().transform((all) => all ?? []) })
export type Block = z.infer<typeof blockSchema>

/** Either addresses, or pods: those that `podSelector` selects in the namespaces that `namespaceSelector` selects, or in the policy's own without it. */
const peerSchema = z.union([
  z.strictObject({ ipBlock: blockSchema }),
  z.strictObject({ podSelector: selectorSchema.optional(), namespaceSelector: selectorSchema.optional() })
    .refine(({ podSelector, namespaceSelector }) => podSelector !== undefined || namespaceSelector !== undefined, 'expected a peer to have a podSelector, a namespaceSelector or an ipBlock'),
])
export type Peer = z.infer<typeof peerSchema>

export const protocols = ['TCP', 'UDP', 'SCTP'] as const
export type Protocol = (typeof protocols)[number]

const portNumber = z.int().min(1).max(65_535)
const portSchema = z.strictObject({
  protocol: z.enum(protocols).nullish().transform((protocol) => protocol ?? 'TCP'),
  port: z.union([portNumber, z.string().min(1)]).nullish().transform((port) => port ?? undefined),
  endPort: portNumber.nullish().transform((port) => port ?? undefined),
}).refine(({ port, endPort }) => endPort === undefined || (typeof port === 'number' && endPort >= port), 'expected endPort to follow a port that is a number and not above it')
export type PolicyPort = z.infer<typeof portSchema>

const list = <T extends z.ZodType>(schema: T) => z.array(schema).nullish().transform((all) => all ?? [])
const ingressSchema = z.strictObject({ from: list(peerSchema), ports: list(portSchema) }).transform(({ from, ports }) => ({ peers: from, ports }))
const egressSchema = z.strictObject({ to: list(peerSchema), ports: list(portSchema) }).transform(({ to, ports }) => ({ peers: to, ports }))

/** What one rule lets through: these peers on these ports; none named is all of them. */
export interface Rule { peers: readonly Peer[], ports: readonly PolicyPort[] }

export const directions = ['Ingress', 'Egress'] as const
export type Direction = (typeof directions)[number]

/** A NetworkPolicy with the API server's defaults applied. `rules` of a direction that is not among `directions` count for nothing. */
export interface Policy {
  /** `name@namespace`. */
  id: string
  namespace: string
  podSelector: Selector
  directions: readonly Direction[]
  rules: Readonly<Record<Direction, readonly Rule[]>>
}

/**
 * A NetworkPolicy of networking.k8s.io/v1 as its JSON says. What this does not know (a field of a newer API) is refused: a table that is
 * computed without it would be wrong.
 */
export const policySchema = z.object({
  metadata: z.object({ name: z.string().min(1), namespace: z.string().min(1) }),
  spec: z.strictObject({
    podSelector: selectorSchema.nullish().transform((selector) => selector ?? { matchLabels: {}, matchExpressions: [] }),
    policyTypes: list(z.enum(directions)),
    ingress: list(ingressSchema),
    egress: list(egressSchema),
  }),
}).transform(({ metadata: { name, namespace }, spec: { podSelector, policyTypes, ingress, egress } }): Policy => ({
  id: `${name}@${namespace}`,
  namespace,
  podSelector,
  // Unless it says otherwise a policy is about what comes in, and about what goes out only when it has a rule for that.
  directions: policyTypes.length > 0 ? policyTypes : egress.length > 0 ? directions : ['Ingress'],
  rules: { Ingress: ingress, Egress: egress },
}))
