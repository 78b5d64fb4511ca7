import { environmentNames, verifier } from './environments.ts'
import { needs, type IntendedRights, type NeededRights } from './needed.ts'

const unseen = 'a case asks for it, and which cases run depends on the profile'
const rbac = 'rbac.authorization.k8s.io'

/** Ports of the services that the verifier asks through the API server, by name. */
const asked = { 'prometheus': 9090, 'alertmanager': 9093, 'kube-state-metrics': 8080, 'victoria-logs': 9428, 'vmalert': 8880, 'prober': 9313 }

/** Across the cluster: what is there and who may do what; namespaces of its own, and in them one role. */
const cluster: readonly NeededRights[] = [
  needs('get list create delete', 'core namespaces', { unseen }),
  needs('list', 'core nodes pods serviceaccounts', { unseen }),
  needs('list', `${rbac} roles rolebindings clusterroles clusterrolebindings`, { unseen }),
  needs('list', 'admissionregistration.k8s.io validatingadmissionpolicies validatingadmissionpolicybindings', { unseen }),
  needs('create', 'authorization.k8s.io subjectaccessreviews', { unseen }),
  needs('create', `${rbac} rolebindings`, { unseen }),
  needs('bind', `${rbac} clusterroles`, { names: ['plumbline-probe'], unseen: 'the API server asks for it while it makes a binding, and records the making' }),
  needs('list', 'bitnami.com sealedsecrets', { unseen }),
  needs('get', 'crd.projectcalico.org clusterinformations', { names: ['default'], unseen: 'the engine\'s version is read where windows of enforcement are measured' }),
]

/** In an environment: probes of its own, and what it judges. */
function environment(scope: string): NeededRights[] {
  return [
    needs('get list create delete deletecollection', 'core pods', { scope, unseen }),
    needs('get list create deletecollection', 'core services', { scope, unseen }),
    needs('get list create deletecollection', 'apps deployments', { scope, unseen }),
    needs('list create deletecollection', 'autoscaling horizontalpodautoscalers', { scope, unseen }),
    needs('get', 'networking.k8s.io ingresses', { scope, unseen }),
    needs('list', 'networking.k8s.io networkpolicies', { scope, unseen }),
    needs('get create', 'core pods/exec', { scope, unseen: 'a session is opened by get, and since 1.35 the API server asks for create beside it and records get alone' }),
    needs('get', 'core pods/log', { scope, unseen }),
    needs('list', 'core resourcequotas limitranges', { scope, unseen }),
    needs('get', 'core configmaps', { scope, names: ['hpa-defaults', 'ingress-public'], unseen }),
  ]
}

/** The runner of the suites. That it makes, enters and removes only what is its own is kept by two guardrails (suites/intent/guardrails.ts). */
export const verifierRights: IntendedRights = {
  needed: [
    ...cluster,
    ...environmentNames.flatMap(environment),
    needs('get', 'core configmaps', { scope: 'ingress', names: ['ingress-public'], unseen }),
    needs('get', 'core services', { scope: 'ingress', names: ['traefik'], unseen }),
    needs('get', 'core services/proxy', { scope: 'observability', names: Object.entries(asked).map(([name, port]) => `http:${name}:${port}`), unseen }),
    needs('get', 'core configmaps', { scope: 'observability', names: ['platform', ...environmentNames].map((name) => `dashboard-${name}`), unseen }),
    needs('create', 'core services/proxy', { scope: 'sealed-secrets', names: ['http:sealed-secrets:8080'], unseen }),
  ],
  powers: [
    { kind: 'connections', scope: 'observability', because: 'it asks the services of observability by name, through the API server' },
    { kind: 'connections', scope: 'sealed-secrets', because: `it asks the controller whether a Secret would open; ${verifier.serviceAccount} reads none itself` },
  ],
}
