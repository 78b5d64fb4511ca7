import type { Detour, Guardrail } from '../../intent/guardrails.ts'
import type { RightsFacts } from './facts.ts'
import type { Grant, Identity } from './grants.ts'
import { anyOf, placeOf, resourceMatches } from './rules.ts'

/** What is more than the rights that lead to it. `scope` is a namespace where there is one. */
export type PowerKind = 'secrets' | 'pods' | 'connections' | 'labels' | 'nodes' | 'admission' | 'everything'
export interface Power { kind: PowerKind, scope?: string | undefined }

/** Something that an identity comes to: another identity, the rights of a role, or a power; with the way there. */
export interface Reached {
  /** Unique within a closure: `account development/web`, `secrets of development`. */
  key: string
  /** Steps from the identity itself. */
  depth: number
  /** Where the last step began; undefined at the start. */
  from: Reached | undefined
  /** The last step, as the rest of a sentence about whoever made it. */
  how: string
  /** Who acts from here on, for admission: a user. */
  actor: string
  power?: Power
}

export interface Held { grant: Grant, by: Reached }

/** What a step finds: the same as Reached, but for the counting. */
export interface Found { key: string, by: Reached, how: string, identity?: Identity, grants?: readonly Grant[], power?: Power }

export interface Wanted { verbs: readonly string[], group: string, resource: string, namespace: string | undefined }
/** A grant that does what is wanted; `names` is undefined when it does so to every object. */
export interface Hold { held: Held, words: string, names: readonly string[] | undefined }

/** What steps look at: the rights held so far and the facts. */
export interface Look {
  facts: RightsFacts
  find: (wanted: Wanted) => Hold[]
  /** Where that power was reached in an earlier round; undefined when it was not. */
  power: (power: Power) => Reached | undefined
  /** Whether admission refuses the detour to whoever holds this. */
  stopped: (detour: Detour, by: Reached, where: { namespace: string, account?: string }) => boolean
}

export function powerKey({ kind, scope }: Power): string {
  const keys: Readonly<Record<PowerKind, string>> = {
    secrets: `every Secret of ${scope ?? ''}`, pods: `the inside of the pods of ${scope ?? ''}`, connections: `connections to the pods of ${scope ?? ''} around the network policies`,
    labels: `the labels of namespace ${scope ?? ''}`, nodes: 'the nodes', admission: 'what admission lets in', everything: 'everything in the cluster',
  }
  return keys[kind]
}

export function lookAt(facts: RightsFacts, guardrails: readonly Guardrail[], held: readonly Held[], reached: ReadonlyMap<string, Reached>): Look {
  const power = (wanted: Power): Reached | undefined => reached.get(powerKey(wanted))
  return {
    facts,
    power,
    find: (wanted) => held.flatMap((one) => holdOf(one, wanted)),
    // Who decides over admission switches the guardrails off.
    stopped: (detour, by, { namespace, account }) => power({ kind: 'admission' }) === undefined && guardrails.some((guardrail) => guardrail.stops === detour
      && (guardrail.actor === undefined || guardrail.actor === by.actor)
      && (guardrail.accounts === undefined || (account !== undefined && (guardrail.accounts.names.includes(account) || account.startsWith(guardrail.accounts.prefix))))
      && facts.guards.some(({ policy, namespaces }) => policy === guardrail.policy && (namespaces === undefined || namespaces.includes(namespace)))),
  }
}

function holdOf(held: Held, { verbs, group, resource, namespace }: Wanted): Hold[] {
  const { rule, scope, binding, role } = held.grant
  const verb = verbs.find((one) => anyOf(rule.verbs, one))
  if (verb === undefined || (scope !== undefined && scope !== namespace) || !anyOf(rule.groups, group)) return []
  if (!rule.resources.some((one) => resourceMatches(one, resource))) return []
  const where = namespace === undefined ? '' : ` ${placeOf(namespace)}`
  return [{ held, words: `may ${verb} ${resource}${where} (${binding} gives ${role})`, names: rule.names.length === 0 ? undefined : rule.names }]
}

/** Every pair of what does one thing and what does the other; both are needed. */
export function pairs(one: readonly Hold[], other: readonly Hold[]): { one: Hold, other: Hold }[] {
  return one.flatMap((first) => other.map((second) => ({ one: first, other: second })))
}

/** The one of the two that took longer to come by: the way to both leads through it. */
export function later(one: Hold, other: Hold): Reached {
  return one.held.by.depth >= other.held.by.depth ? one.held.by : other.held.by
}

/** The names in a list that a hold reaches. */
export function named(hold: Pick<Hold, 'names'>, among: readonly string[]): string[] {
  const { names } = hold
  return names === undefined ? [...among] : among.filter((name) => names.includes(name))
}
