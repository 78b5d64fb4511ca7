import { environmentNames } from './environments.ts'
import type { IdentityKind, ShippedIdentity } from './identities.ts'
import { look, needs, needsPaths, type IntendedRights, type KnownPower, type NeededRights } from './needed.ts'
import { partRights } from './rights-of-parts.ts'

export type Place = Pick<ShippedIdentity, 'kind' | 'namespace'>

const change = 'create update patch delete'
const rbac = 'rbac.authorization.k8s.io'

/** Whoever has an environment's profile sees its workloads and what bounds them (docs/teams/access.md); never a Secret. */
function viewing(scope: string): NeededRights[] {
  return [
    needs(look, 'core pods pods/log services endpoints configmaps serviceaccounts persistentvolumeclaims replicationcontrollers events resourcequotas limitranges', { scope }),
    needs(look, 'apps deployments replicasets statefulsets daemonsets', { scope }),
    needs(look, 'batch jobs cronjobs', { scope }),
    needs(look, 'autoscaling horizontalpodautoscalers', { scope }),
    needs(look, 'policy poddisruptionbudgets', { scope }),
    needs(look, 'networking.k8s.io ingresses networkpolicies', { scope }),
    needs(look, 'discovery.k8s.io endpointslices', { scope }),
    needs(look, 'events.k8s.io events', { scope }),
    needs(look, `${rbac} roles rolebindings`, { scope }),
    needs('get list', 'metrics.k8s.io pods', { scope }),
  ]
}

/** A deployer changes what teams own. Quotas, policies, roles and bindings are the platform's. */
function deploying(scope: string): NeededRights[] {
  return [
    needs(change, 'core services configmaps persistentvolumeclaims', { scope }),
    needs('delete', 'core pods', { scope }),
    needs(change, 'apps deployments statefulsets', { scope }),
    needs('get update patch', 'apps deployments/scale statefulsets/scale', { scope }),
    needs(change, 'batch jobs cronjobs', { scope }),
    needs(change, 'autoscaling horizontalpodautoscalers', { scope }),
    needs(change, 'policy poddisruptionbudgets', { scope }),
    needs(change, 'networking.k8s.io ingresses', { scope }),
  ]
}

/** An administrator of an environment holds its Secrets and accounts too, and enters its pods. */
function administering(scope: string): NeededRights[] {
  return [
    needs(`${look} ${change}`, 'core secrets', { scope }),
    needs(change, 'core serviceaccounts', { scope }),
    needs('get create', 'core pods/exec pods/portforward', { scope }),
    needs('create', 'core pods/eviction', { scope }),
  ]
}

function mounting(scope: string): KnownPower {
  return { kind: 'secrets', scope, because: 'a workload is given Secrets by their names, so whoever deploys it can have it read any of its environment' }
}

function entering(scope: string): KnownPower[] {
  return [
    { kind: 'pods', scope, because: 'administrators look into the pods of their environment' },
    { kind: 'connections', scope, because: 'administrators reach a pod of their environment through the API server' },
  ]
}

/** Where the ingress is reached, for people by their group; issued accounts carry no group and are told by the guide. */
const whereIngressIs: readonly NeededRights[] = [
  needs('get', 'core configmaps', { scope: 'ingress', names: ['ingress-public'] }),
  needs('get', 'core services', { scope: 'ingress', names: ['traefik'] }),
]

const profiles: Partial<Record<IdentityKind, (scope: string) => IntendedRights>> = {
  'viewer': (scope) => ({ needed: viewing(scope), powers: [] }),
  'deployer': (scope) => ({ needed: [...viewing(scope), ...deploying(scope)], powers: [mounting(scope)] }),
  'environment-admin': (scope) => ({ needed: [...viewing(scope), ...deploying(scope), ...administering(scope)], powers: [mounting(scope), ...entering(scope)] }),
}

/** What an identity's job needs and what is known to come with it; nothing where nothing is said. */
export function intendedRights({ kind, namespace }: Place): IntendedRights {
  const profile = profiles[kind]
  if (profile !== undefined) return { ...profile(environmentNames.find((one) => one === namespace) ?? 'nowhere'), spare: whereIngressIs }
  return partRights[kind] ?? { needed: [], powers: [] }
}

/**
 * What Kubernetes gives everybody (its ClusterRoles system:basic-user, system:discovery, system:public-info-viewer and
 * system:service-account-issuer-discovery): asking about oneself, and which API this is. Known to be there, needed by none of ours.
 */
export const everybodys: readonly NeededRights[] = [
  needs('create', 'authorization.k8s.io selfsubjectaccessreviews selfsubjectrulesreviews'),
  needs('create', 'authentication.k8s.io selfsubjectreviews'),
  needsPaths('get', '/api', '/api/*', '/apis', '/apis/*', '/healthz', '/livez', '/openapi', '/openapi/*', '/readyz', '/version', '/version/'),
  needsPaths('get', '/.well-known/openid-configuration', '/.well-known/openid-configuration/', '/openid/v1/jwks', '/openid/v1/jwks/'),
]
