import { environmentNames } from './environments.ts'
import { rbac, type Ask } from './escalation.ts'
import type { IdentityKind, ShippedIdentity } from './identities.ts'

/** A right of the catalogue that an identity holds because its job needs it. One that nobody turns out to hold is a finding too. */
export interface Holding {
  kind: IdentityKind
  verbs: readonly string[]
  group: string
  /** With subresource, as `pods/exec`. */
  resources: readonly string[]
  /** Its own namespace, every environment, the cluster (which is every namespace too), or namespaces by name. */
  where: 'own' | 'environments' | 'cluster' | readonly string[]
  /** Held for this one object. */
  name?: string
  reason: string
}

function holds(kind: IdentityKind, verbs: string, [group, ...resources]: readonly [string, ...string[]], rest: Pick<Holding, 'where' | 'reason' | 'name'>): Holding {
  return { kind, verbs: verbs.split(' '), group, resources, ...rest }
}

const changes = 'create update patch'

/** Who deploys, in the own environment: pods are made by controllers only, and admission says what may be in them. */
function deploying(kind: 'deployer' | 'environment-admin'): Holding[] {
  return [
    holds(kind, 'get', ['', 'configmaps'], { where: 'own', reason: 'reads the configuration of its services; secrets are none' }),
    holds(kind, 'get', ['', 'pods/log'], { where: 'own', reason: 'reads the logs of its services' }),
    holds(kind, changes, ['apps', 'deployments', 'statefulsets'], { where: 'own', reason: 'deploys; guardrails and Pod Security bound what runs' }),
    holds(kind, 'delete', ['apps', 'deployments'], { where: 'own', reason: 'removes what it deployed' }),
    holds(kind, changes, ['batch', 'jobs', 'cronjobs'], { where: 'own', reason: 'deploys work that ends' }),
    holds(kind, 'update patch', ['', 'configmaps'], { where: 'own', reason: 'configures its services' }),
    holds(kind, 'delete', ['', 'pods'], { where: 'own', reason: 'has a pod replaced' }),
    holds(kind, changes, ['', 'services'], { where: 'own', reason: 'names its services; none of another environment (guardrail plumbline-foreign-services)' }),
    holds(kind, changes, ['networking.k8s.io', 'ingresses'], { where: 'own', reason: 'publishes its services under hosts of the environment' }),
  ]
}

export const holdings: readonly Holding[] = [
  holds('viewer', 'get', ['', 'configmaps'], { where: 'own', reason: 'looks at the configuration' }),
  holds('viewer', 'get', ['', 'pods/log'], { where: 'own', reason: 'looks at the logs' }),
  ...deploying('deployer'),
  ...deploying('environment-admin'),
  holds('environment-admin', 'get list watch create update patch', ['', 'secrets'], { where: 'own', reason: 'keeps the secrets of the environment (SC-005); token Secrets are refused by a guardrail' }),
  holds('environment-admin', 'update patch', ['', 'serviceaccounts'], { where: 'own', reason: 'keeps the accounts of its services; no token of them can be asked for' }),
  holds('environment-admin', 'get create', ['', 'pods/exec', 'pods/portforward'], { where: 'own', reason: 'looks into its services in trouble' }),
  holds('environment-admin', 'create', ['', 'pods/eviction'], { where: 'own', reason: 'empties a node of its services' }),

  holds('verifier', 'create delete', ['', 'pods'], { where: 'environments', reason: 'starts probes; only with its label (guardrail plumbline-verifier-footprint)' }),
  holds('verifier', 'create', ['apps', 'deployments'], { where: 'environments', reason: 'starts a fleet for the requirement on scale; only with its label' }),
  holds('verifier', 'create', ['', 'services'], { where: 'environments', reason: 'names its probes' }),
  holds('verifier', 'get create', ['', 'pods/exec'], { where: 'environments', reason: 'enters its own probes only (guardrail plumbline-verifier-exec)' }),
  holds('verifier', 'get', ['', 'pods/log'], { where: 'environments', reason: 'reads what its probes saw' }),
  holds('verifier', 'create', ['', 'namespaces'], { where: 'cluster', reason: 'makes namespaces of its own, by prefix and label (guardrail plumbline-verifier-footprint)' }),
  holds('verifier', 'create', [rbac, 'rolebindings'], { where: 'cluster', reason: 'binds itself in namespaces of its own; it may bind one role by name' }),

  holds('traefik', 'list watch', ['', 'secrets'], { where: [...environmentNames, 'ingress'], reason: 'reads the certificates that Ingresses name; its library lists them whole' }),
  holds('sealed-secrets', 'get create update', ['', 'secrets'], { where: [...environmentNames, 'observability', 'audit'], reason: 'writes the Secrets that it unseals, where the bootstrap delivers' }),
  holds('sealed-secrets', 'list create', ['', 'secrets'], { where: 'own', reason: 'keeps its sealing keys' }),
  holds('prometheus', 'get', ['', 'nodes/metrics'], { where: 'cluster', reason: 'scrapes kubelets; it brings no nodes/proxy' }),
  holds('override-keeper', 'delete', ['networking.k8s.io', 'networkpolicies'], { where: 'environments', reason: 'ends overrides; only those (guardrail plumbline-override-keeper)' }),
]

/** Combinations that come with a job, and what keeps them harmless. */
export const heldTogether: readonly { kind: IdentityKind, row: string, where: 'own' | 'environments', reason: string }[] = [
  { kind: 'environment-admin', row: 'F2', where: 'own', reason: 'keeps secrets and deploys; token Secrets are refused by guardrail plumbline-long-lived-tokens' },
]

/** Whether a holding reaches a namespace, or the cluster when there is none. */
function reaches({ where }: Pick<Holding, 'where'>, identity: Pick<ShippedIdentity, 'namespace'>, namespace: string | undefined): boolean {
  if (where === 'cluster') return true
  if (namespace === undefined) return false
  if (where === 'own') return identity.namespace === namespace
  return (where === 'environments' ? environmentNames : where).some((name) => name === namespace)
}

/** The holding by which an identity may do this here; undefined when it must be refused. `namespace` is undefined for the cluster. */
export function holdingFor(identity: Pick<ShippedIdentity, 'kind' | 'namespace'>, ask: Ask, namespace: string | undefined): Holding | undefined {
  const resource = ask.subresource === undefined ? ask.resource : `${ask.resource}/${ask.subresource}`
  return holdings.find((one) => one.kind === identity.kind && one.group === ask.group && one.resources.includes(resource) && one.verbs.includes(ask.verb)
    && (one.name === undefined || one.name === ask.name) && reaches(one, identity, namespace))
}

/** Whether a combination comes with the job of an identity here. */
export function heldTogetherBy(identity: Pick<ShippedIdentity, 'kind' | 'namespace'>, row: string, namespace: string | undefined): boolean {
  return heldTogether.some((one) => one.kind === identity.kind && one.row === row && reaches(one, identity, namespace))
}
