import { environmentNames, verifier } from './environments.ts'
import { look, needs, type IntendedRights, type NeededRights } from './needed.ts'

const rare = 'a case asks for it, and which cases run depends on the profile'
const own = `${look} create delete deletecollection`
const rbac = 'rbac.authorization.k8s.io'

/** Ports of the services that the verifier asks through the API server, by name. */
const asked = { 'prometheus': 9090, 'alertmanager': 9093, 'kube-state-metrics': 8080, 'victoria-logs': 9428, 'vmalert': 8880, 'prober': 9313 }

/** Across the cluster: what is there and who may do what; namespaces of its own, and in them one role. */
const cluster: readonly NeededRights[] = [
  needs(`${look} create delete`, 'core namespaces', { rare }),
  needs(look, 'core nodes', { rare }),
  needs('list', 'core pods serviceaccounts', { rare }),
  needs('list', `${rbac} roles rolebindings clusterroles clusterrolebindings`, { rare }),
  needs('get list', 'admissionregistration.k8s.io validatingadmissionpolicies validatingadmissionpolicybindings', { rare }),
  needs('create', 'authorization.k8s.io subjectaccessreviews', { rare }),
  needs('create', `${rbac} rolebindings`, { rare }),
  needs('bind', `${rbac} clusterroles`, { names: ['plumbline-probe'], rare }),
  needs('get list', 'bitnami.com sealedsecrets', { rare }),
]

/** In an environment: probes of its own, and what it judges. */
function environment(scope: string): NeededRights[] {
  return [
    needs(own, 'core pods services', { scope, rare }),
    needs(own, 'apps deployments', { scope, rare }),
    needs(own, 'autoscaling horizontalpodautoscalers', { scope, rare }),
    needs(look, 'bitnami.com sealedsecrets', { scope, rare }),
    needs(look, 'networking.k8s.io ingresses networkpolicies', { scope, rare }),
    needs('get create', 'core pods/exec', { scope, rare }),
    needs('get', 'core pods/log', { scope, rare }),
    needs(look, 'core resourcequotas limitranges serviceaccounts events endpoints', { scope, rare }),
    needs('get', 'core configmaps', { scope, names: ['hpa-defaults', 'kube-root-ca.crt', 'dashboard-sample-service'], rare }),
    needs(look, 'discovery.k8s.io endpointslices', { scope, rare }),
    needs(look, 'events.k8s.io events', { scope, rare }),
    needs(look, `${rbac} roles rolebindings`, { scope, rare }),
  ]
}

/** In the namespace of a part: whether it runs and how it is fenced in. */
function part(scope: string): NeededRights[] {
  return [
    needs('get list', 'core pods', { scope, rare }),
    needs('get list', 'apps deployments', { scope, rare }),
    needs('get list', 'networking.k8s.io networkpolicies', { scope, rare }),
  ]
}

/** The runner of the suites. That it makes, enters and removes only what is its own is kept by two guardrails (suites/intent/guardrails.ts). */
export const verifierRights: IntendedRights = {
  needed: [
    ...cluster,
    ...environmentNames.flatMap(environment),
    ...['audit', 'overrides', 'observability'].flatMap(part),
    needs('get', 'core configmaps', { scope: 'ingress', names: ['ingress-public'], rare }),
    needs('get', 'core services', { scope: 'ingress', names: ['traefik'], rare }),
    needs('get list', 'core services', { scope: 'observability', rare }),
    needs('get create', 'core services/proxy', { scope: 'observability', names: Object.entries(asked).map(([name, port]) => `http:${name}:${port}`), rare }),
    needs('get', 'core configmaps', { scope: 'observability', names: ['platform', ...environmentNames].map((name) => `dashboard-${name}`), rare }),
    needs('get create', 'core services/proxy', { scope: 'sealed-secrets', names: ['http:sealed-secrets:8080'], rare }),
  ],
  powers: [
    { kind: 'connections', scope: 'observability', because: 'it asks the services of observability by name, through the API server' },
    { kind: 'connections', scope: 'sealed-secrets', because: `it asks the controller whether a Secret would open; ${verifier.serviceAccount} reads none itself` },
  ],
}
