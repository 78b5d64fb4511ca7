import { selects } from '../label-selector.ts'
import { bindingName, type Binding, type RightsFacts, type Role } from './facts.ts'
import { ruleAllows, type Question, type Rule } from './rules.ts'

/** Who asks, as the API server knows them. */
export interface Identity { user: string, groups: readonly string[] }

/** A rule that somebody holds, where, and what gives it to them. */
export interface Grant {
  rule: Rule
  /** Namespace; undefined is the whole cluster. */
  scope: string | undefined
  /** "ClusterRoleBinding view-all". */
  binding: string
  /** "ClusterRole view", "ClusterRole view (from aggregated ClusterRole robots)". */
  role: string
  /** The role that the binding names; undefined where no binding is. */
  bound?: Role | undefined
  since?: Date | undefined
}

const everything: Rule = { verbs: ['*'], groups: ['*'], resources: ['*'], names: [], urls: ['*'] }
/** The API server asks nobody about its members (kubernetes: pkg/authentication/user, "system:masters"). */
export const masters = 'system:masters'

/** What a role gives, with the role that each rule comes from. */
export function rulesOf({ roles }: Pick<RightsFacts, 'roles'>, role: Role): { rule: Rule, role: string }[] {
  const own = role.rules.map((rule) => ({ rule, role: roleName(role) }))
  if (role.aggregates.length === 0) return own
  // The controller copies these into the role; until it has, they are on their way.
  const taken = roles.filter((other) => other.namespace === undefined && other !== role && role.aggregates.some((selector) => selects(selector, other.labels)))
  const copied = new Set(taken.flatMap((other) => other.rules.map((rule) => JSON.stringify(rule))))
  return [
    ...taken.flatMap((other) => other.rules.map((rule) => ({ rule, role: `${roleName(role)} (from aggregated ClusterRole ${other.name})` }))),
    ...own.filter(({ rule }) => !copied.has(JSON.stringify(rule))),
  ]
}

export function roleName({ namespace, name }: Pick<Role, 'namespace' | 'name'>): string {
  return namespace === undefined ? `ClusterRole ${name}` : `Role ${namespace}/${name}`
}

/** The role that a binding refers to; undefined when there is none, and then the binding gives nothing. */
function boundRole({ roles }: Pick<RightsFacts, 'roles'>, { namespace, role }: Pick<Binding, 'namespace' | 'role'>): Role | undefined {
  const where = role.kind === 'Role' ? namespace : undefined
  return role.kind === 'Role' && namespace === undefined ? undefined : roles.find((one) => one.name === role.name && one.namespace === where)
}

function isBound({ namespace: home, subjects }: Binding, { user, groups }: Identity): boolean {
  return subjects.some(({ kind, name, namespace }) => {
    if (kind === 'Group') return groups.includes(name)
    if (kind === 'User') return name === user
    const of = namespace ?? home
    return kind === 'ServiceAccount' && of !== undefined && user === `system:serviceaccount:${of}:${name}`
  })
}

/** Live rights, by who asks. */
export interface LiveRights {
  facts: RightsFacts
  /** Everything that the bindings give to somebody directly. The same grant is the same object for everybody who holds it. */
  grantsOf: (identity: Identity) => readonly Grant[]
}

const unbounded: Grant = { rule: everything, scope: undefined, binding: `membership of ${masters}`, role: 'everything' }

export function rightsIn(facts: RightsFacts): LiveRights {
  const given = facts.bindings.map((binding) => ({ binding, grants: grantsBy(facts, binding) }))
  return {
    facts,
    grantsOf: (identity) => [
      ...identity.groups.includes(masters) ? [unbounded] : [],
      ...given.filter(({ binding }) => isBound(binding, identity)).flatMap(({ grants }) => grants),
    ],
  }
}

function grantsBy(facts: Pick<RightsFacts, 'roles'>, binding: Binding): Grant[] {
  const role = boundRole(facts, binding)
  if (role === undefined) return []
  const dates = [role.created, binding.created].flatMap((date) => date === undefined ? [] : [date.getTime()])
  const since = dates.length === 0 ? {} : { since: new Date(Math.max(...dates)) }
  return rulesOf(facts, role).map((one) => ({ rule: one.rule, scope: binding.namespace, binding: bindingName(binding), role: one.role, bound: role, ...since }))
}

/** The first grant that allows what is asked: what the authorizer would say, and through which binding. */
export function allowing(grants: readonly Grant[], question: Question): Grant | undefined {
  return grants.find(({ rule, scope }) => (scope === undefined || (!('url' in question) && question.namespace === scope)) && ruleAllows(rule, question))
}
