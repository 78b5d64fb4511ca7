import { selects, type Labels } from '../label-selector.ts'
import { holds } from './block.ts'
import type { Direction, Peer, Policy, PolicyPort, Protocol } from './policy.ts'

/** A port that a container of a pod gives a name to. */
export interface NamedPort { name: string, port: number, protocol: Protocol }

/** A pod on the pod network, or an address outside it; a pod on its node's network is an address. */
export type Party =
  | { kind: 'pod', namespace: string, labels: Labels, ip: string, ports: readonly NamedPort[] }
  | { kind: 'address', ip: string }
export type PodParty = Extract<Party, { kind: 'pod' }>

/** One attempt as policies see it: behind a Service, so `to` is the pod and `port` the pod's own. */
export interface Attempt { from: Party, to: Party, protocol: Protocol, port: number }

/** The policies of a cluster, and the labels of its namespaces by name. */
export interface Segmentation {
  policies: readonly Policy[]
  namespaces: ReadonlyMap<string, Labels>
}

/** What one end's policies say: whether any isolates the pod in this direction, and which of those let the attempt through. Ids of policies, sorted. */
export interface SideVerdict {
  allowed: boolean
  isolatedBy: readonly string[]
  allowedBy: readonly string[]
}

export interface ComputedVerdict {
  egress: SideVerdict
  ingress: SideVerdict
  /** Traffic passes when both ends let it. */
  allowed: boolean
}

/**
 * What NetworkPolicies say about an attempt, by the words of networking.k8s.io/v1: a pod that no policy selects is open, a policy only ever
 * adds to what is allowed, and both ends must allow. An attempt of a pod at itself is judged like any other here, though engines let it pass.
 * Throws when a namespace of the attempt is not known.
 */
export function compute(segmentation: Segmentation, attempt: Attempt): ComputedVerdict {
  const egress = side(segmentation, attempt, 'Egress')
  const ingress = side(segmentation, attempt, 'Ingress')
  return { egress, ingress, allowed: egress.allowed && ingress.allowed }
}

function side(segmentation: Segmentation, attempt: Attempt, direction: Direction): SideVerdict {
  const [subject, other] = direction === 'Ingress' ? [attempt.to, attempt.from] : [attempt.from, attempt.to]
  // Policies are about pods; an address outside has none.
  if (subject.kind === 'address') return { allowed: true, isolatedBy: [], allowedBy: [] }
  const isolating = segmentation.policies.filter((policy) => policy.directions.includes(direction) && policy.namespace === subject.namespace && selects(policy.podSelector, subject.labels))
  const allowing = isolating.filter((policy) => policy.rules[direction].some((rule) =>
    anyOf(rule.peers, (peer) => matchesPeer(segmentation, policy, peer, other)) && anyOf(rule.ports, (port) => matchesPort(port, attempt))))
  return { allowed: isolating.length === 0 || allowing.length > 0, isolatedBy: idsOf(isolating), allowedBy: idsOf(allowing) }
}

/** None named is all of them. */
function anyOf<T>(all: readonly T[], holdsFor: (one: T) => boolean): boolean {
  return all.length === 0 || all.some(holdsFor)
}

function matchesPeer({ namespaces }: Segmentation, policy: Policy, peer: Peer, other: Party): boolean {
  if ('ipBlock' in peer) return holds(peer.ipBlock, other.ip)
  if (other.kind === 'address') return false
  const labels = namespaces.get(other.namespace)
  if (labels === undefined) throw new Error(`expected to know the labels of the namespace ${other.namespace}, but they were not given`)
  const inNamespace = peer.namespaceSelector === undefined ? other.namespace === policy.namespace : selects(peer.namespaceSelector, labels)
  return inNamespace && (peer.podSelector === undefined || selects(peer.podSelector, other.labels))
}

function matchesPort({ protocol, port, endPort }: PolicyPort, attempt: Attempt): boolean {
  if (protocol !== attempt.protocol) return false
  if (port === undefined) return true
  // A name means the port that the pod at the far end calls so, in both directions.
  if (typeof port === 'string') return attempt.to.kind === 'pod' && attempt.to.ports.some((named) => named.name === port && named.port === attempt.port && named.protocol === protocol)
  return attempt.port >= port && attempt.port <= (endPort ?? port)
}

function idsOf(policies: readonly Policy[]): string[] {
  return policies.map(({ id }) => id).sort()
}
