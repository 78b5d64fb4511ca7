import type { IntendedRights, NeededRights } from '../../intent/needed.ts'
import { pathTo, type Closure } from './closure.ts'
import type { Held, Reached } from './look.ts'
import { atomsOf, holds, placeOf, wordsOf, type Atom } from './rules.ts'

/** One thing that an identity holds beyond the intent, or lacks. */
export interface RightsFinding {
  kind: 'too much' | 'too little'
  identity: string
  /** Steps away; 0 is what it is given directly. */
  depth: number
  /** What gives it; undefined for what is lacking. */
  binding: string | undefined
  /** "list secrets in every namespace". */
  what: string
  /** How it comes to it, or what is missing: a sentence without a full stop. */
  sentence: string
}

export interface Judged { identity: string, closure: Closure, intended: IntendedRights, everybodys: readonly NeededRights[] }

/** Compares what somebody comes to with what is meant, both ways. Nearest first, so the first finding is the shortest path to anything beyond. */
export function judgeRights(judged: Judged): RightsFinding[] {
  return [...rightsBeyond(judged), ...powersBeyond(judged)].toSorted((a, b) => a.depth - b.depth).concat(rightsLacking(judged), powersLacking(judged))
}

function rightsBeyond({ identity, closure, intended, everybodys }: Judged): RightsFinding[] {
  const meant = atoms([...intended.needed, ...intended.spare ?? [], ...everybodys])
  const beyond = closure.held.flatMap(({ grant, by }) => atomsOf(grant.rule, grant.scope).filter((atom) => !meant.some((one) => holds(one, atom))).map((atom) => ({ atom, grant, by })))
  const groups = Map.groupBy(beyond, ({ grant, by }) => `${by.key}\n${grant.binding}\n${grant.role}`)
  return [...groups.values()].flatMap((group) => group[0] === undefined ? [] : [tooMuch(identity, group[0], group.map(({ atom }) => atom))])
}

function tooMuch(identity: string, { grant, by }: Held, beyond: readonly Atom[]): RightsFinding {
  const what = `${listed(beyond.map(wordsOf))} ${placeOf(grant.scope)}`
  const sentence = by.from === undefined
    ? `${identity} may ${what}: ${grant.binding} gives it ${grant.role}`
    : `${pathTo(identity, by)}, which ${grant.binding} gives ${grant.role}: ${what}`
  return { kind: 'too much', identity, depth: by.depth, binding: grant.binding, what, sentence }
}

function powersBeyond({ identity, closure, intended }: Judged): RightsFinding[] {
  const beyond = closure.powers.filter(({ power }) => !intended.powers.some(({ kind, scope }) => kind === power.kind && scope === power.scope))
  // What one grant gives in every namespace is one finding.
  const groups = Map.groupBy(beyond, (reached) => [reached.power.kind, reached.from?.key, bindingIn(reached)].join('\n'))
  return [...groups.values()].flatMap(([first, ...others]): RightsFinding[] => first === undefined ? [] : [{
    kind: 'too much', identity, depth: first.depth, binding: bindingIn(first), what: first.key,
    sentence: `${pathTo(identity, first)}${others.length === 0 ? '' : `, and likewise in ${others.length} more ${others.length === 1 ? 'namespace' : 'namespaces'}`}`,
  }])
}

/** The binding that the last step went through, as its words name it. */
function bindingIn({ how }: Reached): string | undefined {
  return /\(((?:Cluster)?RoleBinding \S+|membership of \S+) gives/.exec(how)?.[1]
}

function rightsLacking({ identity, closure, intended }: Judged): RightsFinding[] {
  const given = closure.held.filter(({ by }) => by.from === undefined).flatMap(({ grant }) => atomsOf(grant.rule, grant.scope))
  return intended.needed.flatMap((needed) => {
    const lacking = atoms([needed]).filter((atom) => !given.some((one) => holds(one, atom)))
    if (lacking.length === 0) return []
    const what = `${listed(lacking.map(wordsOf))} ${placeOf(needed.scope)}`
    return [{ kind: 'too little' as const, identity, depth: 0, binding: undefined, what, sentence: `${identity} lacks what its job needs: ${what}; no role gives it` }]
  })
}

function powersLacking({ identity, closure, intended }: Judged): RightsFinding[] {
  return intended.powers.filter(({ kind, scope }) => !closure.powers.some(({ power }) => power.kind === kind && power.scope === scope))
    .map(({ kind, scope, because }) => ({
      kind: 'too little', identity, depth: 0, binding: undefined, what: `${kind} of ${scope}`,
      sentence: `${identity} does not come to the ${kind} of ${scope}, which the intent names (${because}); where it is right so, take it out of suites/intent`,
    }))
}

function atoms(rights: readonly NeededRights[]): Atom[] {
  return rights.flatMap((one) => atomsOf(one, one.scope))
}

const most = 4

function listed(words: readonly string[]): string {
  const distinct = [...new Set(words)]
  const rest = distinct.length - most
  return distinct.slice(0, most).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}

/** The same finding for many is one: a binding for everybody would otherwise be told forty times. The shortest path comes first, and what is lacking last. */
export function merged(findings: readonly RightsFinding[]): (RightsFinding & { others: string[] })[] {
  const groups = Map.groupBy(findings, (one) => [one.kind, one.binding ?? one.identity, one.what, one.depth].join('\n'))
  const told = [...groups.values()].flatMap(([first, ...others]) => first === undefined ? [] : [{ ...first, others: [...new Set(others.map(({ identity }) => identity))].filter((name) => name !== first.identity) }])
  return told.toSorted((a, b) => a.kind === b.kind ? a.depth - b.depth : a.kind === 'too much' ? -1 : 1)
}

/** What a person does with it. */
export function adviceOf({ kind, sentence, binding, depth, others }: RightsFinding & { others: readonly string[] }): string {
  const shared = others.length === 0 ? '' : ` (so do ${others.length} more, as ${others.slice(0, 2).join(' and ')})`
  const takeBack = depth === 0 && binding !== undefined ? `take it out of what ${binding} gives` : 'close one step of this way'
  const next = kind === 'too little' ? 'run "plumbline provision"' : takeBack
  return `expected nobody to come to ${kind === 'too much' ? 'more' : 'less'} than is meant, but ${sentence}${shared}; ${next}, or say in suites/intent what it is for`
}
