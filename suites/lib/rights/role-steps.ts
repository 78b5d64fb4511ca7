import type { Role } from './facts.ts'
import { roleName, rulesOf, type Grant } from './grants.ts'
import { later, named, pairs, type Found, type Hold, type Look } from './look.ts'
import { toPower } from './workload-steps.ts'

const rbac = 'rbac.authorization.k8s.io'
const writing = ['create', 'update', 'patch']

/** `bind` on a role and the right to write a binding give the rights of the role; the API server asks for `bind` on roles, not on bindings. */
export function bindRoles(look: Look): Found[] {
  const places = [undefined, ...look.facts.namespaces.map(({ name }) => name)]
  return places.flatMap((namespace) => {
    const bindings = look.find({ verbs: writing, group: rbac, resource: namespace === undefined ? 'clusterrolebindings' : 'rolebindings', namespace })
    if (bindings.length === 0) return []
    const free = (hold: Hold): boolean => namespace === undefined || !look.stopped('bind', hold.held.by, { namespace })
    const bindable = (['roles', 'clusterroles'] as const).flatMap((resource) => look.find({ verbs: ['bind'], group: rbac, resource, namespace })
      .filter(free).flatMap((hold) => rolesFor(look, { resource, namespace, hold }).map((role) => ({ hold, role }))))
    return bindable.flatMap(({ hold, role }) => pairs(bindings.slice(0, 1), [hold]).map(({ one, other }): Found => {
      const where = namespace === undefined ? 'for the whole cluster' : `in ${namespace}`
      const binding = `a binding that it may write itself ${where}`
      return {
        key: `${roleName(role)} ${where}`, by: later(one, other), how: `${one.words} and ${other.words}, so it can give itself ${roleName(role)} ${where}`,
        grants: rulesOf(look.facts, role).map((taken): Grant => ({ rule: taken.rule, scope: namespace, binding, role: taken.role, bound: role })),
      }
    }))
  })
}

/** Where every ClusterRole may be bound the strongest of them says it all. */
function rolesFor({ facts }: Look, { resource, namespace, hold }: { resource: 'roles' | 'clusterroles', namespace: string | undefined, hold: Hold }): Role[] {
  const home = resource === 'roles' ? namespace : undefined
  if (resource === 'roles' && namespace === undefined) return []
  const there = facts.roles.filter((role) => role.namespace === home)
  const strongest = resource === 'clusterroles' && hold.names === undefined ? there.filter(({ name }) => name === 'cluster-admin') : []
  if (strongest.length > 0) return strongest
  const names = named(hold, there.map(({ name }) => name))
  return there.filter(({ name }) => names.includes(name))
}

/** With `escalate` somebody writes rights that they lack into a role that is bound to them, wherever it is. A ClusterRole is in no namespace: what is held in one says nothing about it. */
export function escalateRoles(look: Look, held: readonly Grant[]): Found[] {
  const places = [{ resource: 'clusterroles', namespace: undefined }, ...look.facts.namespaces.map(({ name }) => ({ resource: 'roles', namespace: name }))]
  return places.flatMap((place) => pairs(look.find({ group: rbac, ...place, verbs: ['escalate'] }), look.find({ group: rbac, ...place, verbs: ['update', 'patch'] })).flatMap(({ one, other }) => {
    const own = held.filter(({ bound }) => bound !== undefined && bound.namespace === place.namespace)
      .filter(({ bound }) => [one, other].every((hold) => named(hold, [bound?.name ?? '']).length > 0))
    const byScope = Map.groupBy(own, ({ scope }) => scope)
    return [...byScope.values()].flatMap(([first]) => first === undefined ? [] : [escalated(first, one, other)])
  }))
}

function escalated(own: Grant, one: Hold, other: Hold): Found {
  const how = `${one.words} and ${other.words}, so it can write every right into ${own.role}, which ${own.binding} gives it`
  if (own.scope === undefined) return { ...toPower({ kind: 'everything' }, { by: later(one, other), words: '' }), how }
  const rule = { verbs: ['*'], groups: ['*'], resources: ['*'], names: [], urls: [] }
  return { key: `everything in ${own.scope}`, by: later(one, other), how, grants: [{ rule, scope: own.scope, binding: own.binding, role: `${own.role} as it may be rewritten` }] }
}

const admissionResources = [
  'validatingwebhookconfigurations', 'mutatingwebhookconfigurations', 'validatingadmissionpolicies', 'validatingadmissionpolicybindings', 'mutatingadmissionpolicies', 'mutatingadmissionpolicybindings',
]

/** A webhook sees and changes what everybody writes; a policy that is gone refuses nothing. */
export function decideAdmission(look: Look): Found[] {
  return admissionResources.flatMap((resource) => look.find({ verbs: [...writing, 'delete', 'deletecollection'], group: 'admissionregistration.k8s.io', resource, namespace: undefined }))
    .map(({ held, words }) => toPower({ kind: 'admission' }, { by: held.by, words }))
}

/** Pod Security and the selectors of policies go by the labels of namespaces. */
export function labelNamespaces(look: Look): Found[] {
  return look.facts.namespaces.flatMap(({ name: scope }) => look.find({ verbs: ['update', 'patch'], group: '', resource: 'namespaces', namespace: scope })
    .filter((hold) => named(hold, [scope]).length > 0)
    .map(({ held, words }) => toPower({ kind: 'labels', scope }, { by: held.by, words })))
}
