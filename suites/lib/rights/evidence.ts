import type { Rights, RightsState } from '../../../reports/model/rights.ts'
import type { NeededRights } from '../../intent/needed.ts'
import { pathTo } from './closure.ts'
import { allowing, type Grant } from './grants.ts'
import type { Judged, RightsFinding } from './judge.ts'
import type { PowerKind } from './look.ts'

/** A column of the drawing: a right that is asked for by a question, or a power; with both, the right is how the power is given directly. */
interface Ability { id: string, title: string, group: string, verb?: string, of?: string, power?: PowerKind }

const rbac = 'rbac.authorization.k8s.io'
const abilities: readonly Ability[] = [
  { id: 'see', title: 'see workloads', group: 'workloads', verb: 'list', of: '/pods' },
  { id: 'logs', title: 'read logs', group: 'workloads', verb: 'get', of: '/pods/log' },
  { id: 'deploy', title: 'change workloads', group: 'workloads', verb: 'create', of: 'apps/deployments' },
  { id: 'pods', title: 'enter pods', group: 'workloads', power: 'pods', verb: 'create', of: '/pods/exec' },
  { id: 'connections', title: 'reach pods by API', group: 'workloads', power: 'connections', verb: 'create', of: '/pods/portforward' },
  { id: 'secrets', title: 'have Secrets', group: 'credentials', power: 'secrets', verb: 'list', of: '/secrets' },
  { id: 'write-secrets', title: 'write Secrets', group: 'credentials', verb: 'create', of: '/secrets' },
  { id: 'accounts', title: 'change accounts', group: 'credentials', verb: 'create', of: '/serviceaccounts' },
  { id: 'tokens', title: 'ask for tokens', group: 'credentials', verb: 'create', of: '/serviceaccounts/token' },
  { id: 'impersonate', title: 'act as somebody else', group: 'credentials', verb: 'impersonate', of: '/users' },
  { id: 'certificates', title: 'approve certificates', group: 'credentials', verb: 'update', of: 'certificates.k8s.io/certificatesigningrequests/approval' },
  { id: 'bindings', title: 'write bindings', group: 'rights', verb: 'create', of: `${rbac}/rolebindings` },
  { id: 'bind', title: 'bind any role', group: 'rights', verb: 'bind', of: `${rbac}/clusterroles` },
  { id: 'escalate', title: 'write any role', group: 'rights', verb: 'escalate', of: `${rbac}/roles` },
  { id: 'policies', title: 'remove policies', group: 'boundaries', verb: 'delete', of: 'networking.k8s.io/networkpolicies' },
  { id: 'quotas', title: 'change quotas', group: 'boundaries', verb: 'update', of: '/resourcequotas' },
  { id: 'labels', title: 'label namespaces', group: 'boundaries', power: 'labels', verb: 'patch', of: '/namespaces' },
  { id: 'admission', title: 'decide over admission', group: 'boundaries', power: 'admission' },
  { id: 'nodes', title: 'take nodes', group: 'boundaries', power: 'nodes' },
  { id: 'everything', title: 'everything', group: 'boundaries', power: 'everything' },
]

interface Scopes { direct: string[], reached: string[], meant: string[] }

/** What a reader of the report is shown: a grid of abilities, and sentences. `namespaces` is where rights are asked about. */
export function rightsEvidence(judged: readonly Judged[], findings: readonly (RightsFinding & { others: readonly string[] })[], namespaces: readonly string[]): Rights {
  return {
    identities: judged.map(({ identity }) => ({ name: identity, group: groupOf(identity) })),
    abilities: abilities.map(({ id, title, group }) => ({ id, title, group })),
    cells: judged.flatMap((one) => abilities.flatMap((ability) => {
      const cell = cellOf(scopesOf(one, ability, namespaces))
      return cell === undefined ? [] : [{ identity: one.identity, ability: ability.id, ...cell }]
    })),
    findings: findings.map(({ kind, identity, others, sentence }) => ({ kind, identity, others: [...others], sentence })),
    known: judged.flatMap(({ identity, closure, intended }) => closure.powers
      .filter(({ power }) => intended.powers.some(({ kind, scope }) => kind === power.kind && scope === power.scope))
      .map((power) => ({ identity, reaches: power.key, sentence: pathTo(identity, power) }))),
  }
}

/** "plumbline:staging:viewer" and "staging/default" stand under staging, "ingress/traefik" under ingress, the rest under everybody. */
function groupOf(identity: string): string {
  return /^plumbline:([^:]+):/.exec(identity)?.[1] ?? (identity.includes('/') ? identity.split('/')[0] ?? '' : 'everybody')
}

function scopesOf({ closure, intended }: Judged, ability: Ability, namespaces: readonly string[]): Scopes {
  const { power, verb, of } = ability
  const [group = '', ...resource] = (of ?? '').split('/')
  const among = (grants: readonly Grant[]): string[] => ['the cluster', ...namespaces].filter((place) => allowing(grants, {
    verb: verb ?? '', group, resource: resource.join('/'), ...(place === 'the cluster' ? {} : { namespace: place }),
  }) !== undefined)
  const own = closure.held.filter(({ by }) => by.from === undefined).map(({ grant }) => grant)
  if (power !== undefined) {
    const scopes = (powers: readonly { kind: string, scope?: string | undefined }[]) => powers.filter(({ kind }) => kind === power).map(({ scope }) => scope ?? 'the cluster')
    return { direct: of === undefined ? [] : among(own), reached: scopes(closure.powers.map((one) => one.power)), meant: scopes(intended.powers) }
  }
  return { direct: among(own), reached: among(closure.held.map(({ grant }) => grant)), meant: among(intended.needed.map(grantFrom)) }
}

function cellOf({ direct, reached, meant }: Scopes): { state: RightsState, where: string[] } | undefined {
  const beyond = reached.filter((scope) => !meant.includes(scope))
  const lacking = meant.filter((scope) => !reached.includes(scope))
  if (beyond.length > 0) return { state: 'beyond', where: beyond }
  if (lacking.length > 0) return { state: 'lacking', where: lacking }
  if (reached.length === 0) return undefined
  return { state: reached.every((scope) => direct.includes(scope)) ? 'held' : 'reached', where: reached }
}

function grantFrom(needed: NeededRights): Grant {
  return { rule: needed, scope: needed.scope, binding: 'the intent', role: 'the intent' }
}
