import { guardrails as shippedGuardrails, type Guardrail } from '../../intent/guardrails.ts'
import type { Grant, Identity, LiveRights } from './grants.ts'
import { impersonate, readSecrets, signCertificates, takeTokens } from './identity-steps.ts'
import { lookAt, powerKey, type Found, type Held, type Look, type Power, type Reached } from './look.ts'
import { bindRoles, decideAdmission, escalateRoles, labelNamespaces } from './role-steps.ts'
import { enterPods, leaveNodes, makeWorkloads, passThroughServer, takeNodes, toPower } from './workload-steps.ts'

/** All that somebody comes to from what they are given, by the shortest way to each. */
export interface Closure {
  /** Grants with where they are held; the identity's own have depth 0. */
  held: readonly Held[]
  /** Everything reached, nearest first; without the start. */
  reached: readonly Reached[]
  powers: readonly (Reached & { power: Power })[]
}

/** The fixpoint: what is reached is looked from again, until nothing is new or everything is reached. */
export function closureOf(live: LiveRights, identity: Identity, guardrails: readonly Guardrail[] = shippedGuardrails): Closure {
  const start: Reached = { key: 'start', depth: 0, from: undefined, how: '', actor: identity.user }
  const reached = new Map<string, Reached>()
  const pool = poolOf(guardrails)
  pool.add(live.grantsOf(identity), start)
  for (let depth = 1; !reached.has(powerKey({ kind: 'everything' })); depth += 1) {
    const found = stepsFrom(lookAt(live.facts, guardrails, pool.held, reached), pool.held).filter(({ key }) => !reached.has(key))
    if (found.length === 0) break
    for (const one of found) {
      if (reached.has(one.key)) continue
      const node = reachedBy(one, depth)
      reached.set(one.key, node)
      pool.add(one.identity === undefined ? one.grants ?? [] : live.grantsOf(one.identity), node)
    }
  }
  const nodes = [...reached.values()]
  return { held: pool.held, reached: nodes, powers: nodes.flatMap((node) => node.power === undefined ? [] : [{ ...node, power: node.power }]) }
}

function reachedBy({ key, by, how, identity, power }: Found, depth: number): Reached {
  return { key, depth, from: by, how, actor: identity?.user ?? by.actor, ...(power === undefined ? {} : { power }) }
}

function stepsFrom(look: Look, held: readonly Held[]): Found[] {
  return [
    ...haveEverything(held), ...bindRoles(look), ...escalateRoles(look, held.map(({ grant }) => grant)), ...decideAdmission(look), ...labelNamespaces(look),
    ...impersonate(look), ...takeTokens(look), ...signCertificates(look), ...readSecrets(look),
    ...makeWorkloads(look), ...enterPods(look), ...takeNodes(look), ...passThroughServer(look), ...leaveNodes(look),
  ]
}

function haveEverything(held: readonly Held[]): Found[] {
  return held.filter(({ grant: { rule, scope } }) => scope === undefined && rule.names.length === 0 && [rule.verbs, rule.groups, rule.resources].every((list) => list.includes('*')))
    .map(({ grant, by }) => toPower({ kind: 'everything' }, { by, words: `holds every right (${grant.binding} gives ${grant.role})` }))
}

/** Grants, each kept once; twice only where admission knows the first holder by name and may refuse what others are let do. */
function poolOf(guardrails: readonly Guardrail[]): { held: Held[], add: (grants: readonly Grant[], by: Reached) => void } {
  const known = new Set(guardrails.flatMap(({ actor }) => actor ?? []))
  const held: Held[] = []
  const seen = new Map<Grant, string>()
  return {
    held,
    add: (grants, by) => {
      for (const grant of grants) {
        const holder = seen.get(grant)
        if (holder !== undefined && (!known.has(holder) || holder === by.actor)) continue
        seen.set(grant, by.actor)
        held.push({ grant, by })
      }
    },
  }
}

/** The way to something reached, from the identity on, as a sentence without a full stop. */
export function pathTo(identity: string, reached: Reached): string {
  const steps = [reached]
  for (let at = reached.from; at?.from !== undefined; at = at.from) steps.unshift(at)
  return steps.map((step, index) => `${whoIs(identity, steps[index - 1])} ${step.how}`).join('; ')
}

function whoIs(identity: string, last: Reached | undefined): string {
  if (last === undefined) return identity
  return last.power === undefined ? last.key : `with ${last.key} it`
}
