import { serviceAccount } from '../../intent/accounts.ts'
import { shippedIdentities } from '../../intent/identities.ts'
import { allowing, type Grant, type Identity, type LiveRights } from './grants.ts'
import { inert, type Question } from './rules.ts'

/** A question that both are asked: this engine and the live authorizer. */
export interface Asked { identity: Identity, question: Question, allowed: boolean }

const rbac = 'rbac.authorization.k8s.io'
/** What people who want more would ask for; most of it nobody holds. */
const wanted: readonly Question[] = [
  { verb: 'list', group: '', resource: 'secrets', namespace: 'production' },
  { verb: 'get', group: '', resource: 'secrets', namespace: 'kube-system', name: 'any' },
  { verb: 'create', group: '', resource: 'pods/exec', namespace: 'development', name: 'any' },
  { verb: 'get', group: '', resource: 'nodes/proxy', name: 'any' },
  { verb: 'impersonate', group: '', resource: 'users', name: 'any' },
  { verb: 'create', group: '', resource: 'serviceaccounts/token', namespace: 'kube-system', name: 'default' },
  { verb: 'bind', group: rbac, resource: 'clusterroles', name: 'cluster-admin' },
  { verb: 'escalate', group: rbac, resource: 'roles', namespace: 'staging', name: 'viewer' },
  { verb: 'create', group: rbac, resource: 'clusterrolebindings' },
  { verb: 'patch', group: '', resource: 'namespaces', name: 'production' },
  { verb: 'create', group: '', resource: 'pods', namespace: 'system' },
  { verb: 'update', group: 'apps', resource: 'deployments/scale', namespace: 'staging', name: 'any' },
  { verb: 'update', group: 'certificates.k8s.io', resource: 'certificatesigningrequests/approval', name: 'any' },
  { verb: 'create', group: 'admissionregistration.k8s.io', resource: 'mutatingwebhookconfigurations' },
  { verb: 'delete', group: 'networking.k8s.io', resource: 'networkpolicies', namespace: 'production', name: 'default-deny' },
  { verb: 'get', group: 'example.org', resource: 'unheard/of', namespace: 'development', name: 'any' },
  { verb: 'get', url: '/metrics' },
  { verb: 'get', url: '/readyz/etcd' },
]
const perIdentity = 4

/**
 * Questions about everybody whom the platform ships or a binding names: some rights out of each one's own grants, wildcards among them
 * filled in, and some that few hold. The same facts give the same sample.
 */
export function sampleOf(live: LiveRights): Asked[] {
  return everybody(live).flatMap((identity, index) => {
    const grants = live.grantsOf(identity)
    const own = spread(grants, perIdentity).flatMap(questionFrom)
    const other = Array.from({ length: perIdentity }, (_, step) => wanted[(index * perIdentity + step) % wanted.length]).flatMap((question) => question ?? [])
    return [...own, ...other].map((question) => ({ identity, question, allowed: allowing(grants, question) !== undefined }))
  })
}

/** Nodes have an authorizer of their own beside RBAC, so they are not asked about. */
function everybody({ facts }: LiveRights): Identity[] {
  const bound = facts.bindings.flatMap((binding) => binding.subjects.map(({ kind, name, namespace }): Identity => {
    if (kind === 'ServiceAccount') return serviceAccount(namespace ?? binding.namespace ?? '', name)
    return kind === 'User' ? { user: name, groups: ['system:authenticated'] } : { user: 'somebody', groups: [name, 'system:authenticated'] }
  }))
  const all = [...shippedIdentities, ...bound].map(({ user, groups }) => ({ user, groups })).filter(({ user, groups }) => !groups.includes('system:nodes') && !user.startsWith('system:node:'))
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()]
}

function spread<T>(items: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.floor(items.length / count))
  return items.filter((_, index) => index % step === 0).slice(0, count)
}

/** A question that a grant answers yes to, where it can answer one at all; an inert wildcard is asked as it stands. */
function questionFrom({ rule, scope }: Grant): Question[] {
  const verb = filledIn(rule.verbs[0], 'get')
  const [url] = rule.urls
  if (url !== undefined) return [{ verb, url: url.replace(/\*$/, 'any') }]
  const resource = rule.resources.at(-1) ?? ''
  const name = rule.names[0] ?? 'any'
  return [{ verb, group: filledIn(rule.groups[0], 'apps'), resource: inert(resource) ? resource.replace('*', 'status') : resource.replace(/^\*\//, 'widgets/').replace(/^\*$/, 'widgets'), name, ...(scope === undefined ? {} : { namespace: scope }) }]
}

function filledIn(value: string | undefined, wildcard: string): string {
  return value === undefined || value === '*' ? wildcard : value
}
