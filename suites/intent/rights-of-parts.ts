import { environmentNames } from './environments.ts'
import type { IdentityKind } from './identities.ts'
import { needs, needsPaths, type IntendedRights, type KnownPower, type NeededRights } from './needed.ts'
import { verifierRights } from './rights-of-verifier.ts'

/** Namespaces that the bootstrap delivers Secrets to: every environment, and the parts that are given one. */
const delivered = [...environmentNames, 'observability', 'audit']

const everywhere = <T>(places: readonly string[], of: (scope: string) => readonly T[]): T[] => places.flatMap((scope) => [...of(scope)])
const reads = (scope: string, because: string): KnownPower => ({ kind: 'secrets', scope, because })

/** Clients of today have the API server stream a list within a watch, and list only where it does not (client-go, WatchListClient). */
const streamed = 'its client has lists streamed within a watch, and lists where the API server does not stream'
const atStart = 'it looks once, when it starts, and the records are kept for seven days'
/** What is looked at as a whole and kept in view. */
function views(of: string, scope?: string): NeededRights[] {
  return [needs('watch', of, { scope }), needs('list', of, { scope, unseen: streamed })]
}

/** The ingress controller keeps every Ingress, what is behind it and its certificate in view, and writes its own address onto it. */
const traefik: IntendedRights = {
  needed: [
    ...views('networking.k8s.io ingressclasses'),
    ...views('core nodes'),
    ...everywhere<NeededRights>([...environmentNames, 'ingress'], (scope) => [
      ...views('core services secrets', scope),
      ...views('discovery.k8s.io endpointslices', scope),
      ...views('networking.k8s.io ingresses', scope),
    ]),
    ...environmentNames.map((scope) => needs('update', 'networking.k8s.io ingresses/status', { scope, unseen: 'it writes its address onto an Ingress once, and again when either changes' })),
  ],
  powers: [...environmentNames, 'ingress'].map((scope) => reads(scope, 'the certificates are Secrets, and its library lists them whole')),
}

const sealedSecrets: IntendedRights = {
  needed: [
    ...views('bitnami.com sealedsecrets'),
    needs('update', 'bitnami.com sealedsecrets/status'),
    ...everywhere<NeededRights>(delivered, (scope) => [
      needs('get create', 'core secrets', { scope }),
      needs('update', 'core secrets', { scope, unseen: 'a Secret is written again when it is rotated' }),
      needs('create', 'core events', { scope }),
      needs('patch', 'core events', { scope, unseen: 'an event that comes again is counted up' }),
    ]),
    needs('list create', 'core secrets', { scope: 'sealed-secrets' }),
    needs('get', 'core secrets', { scope: 'sealed-secrets', names: ['sealed-secrets-key'] }),
  ],
  powers: [...delivered, 'sealed-secrets'].map((scope) => reads(scope, 'it writes the Secrets that it opens, and compares them first')),
}

const prober: IntendedRights = {
  needed: [needs('get', 'core namespaces', { names: environmentNames }), { ...needsPaths('get', '/readyz/etcd'), unseen: 'the audit policy leaves out questions about health' }],
  powers: [],
}

/** The platform's own parts. Who is not here asks the API server for nothing. */
export const partRights: Partial<Record<IdentityKind, IntendedRights>> = {
  'traefik': traefik,
  'sealed-secrets': sealedSecrets,
  'prometheus': {
    needed: [
      ...views('core nodes pods'),
      needs('get', 'core nodes/metrics', { unseen: 'it is used at kubelets, which ask the API server about it in their own name' }),
      needsPaths('get', '/metrics'),
    ],
    powers: [],
  },
  'kube-state-metrics': {
    needed: [
      needs('list watch', 'core nodes pods namespaces resourcequotas services'),
      needs('list watch', 'apps deployments statefulsets daemonsets replicasets'),
      needs('list watch', 'autoscaling horizontalpodautoscalers'),
      needs('list watch', 'networking.k8s.io ingresses'),
    ],
    powers: [],
  },
  'prober': prober,
  'prober-outside': prober,
  'vlagent': {
    needed: [
      needs('list watch', 'core pods'),
      needs('get', 'core pods', { unseen: atStart }),
      needs('list', 'core namespaces', { unseen: atStart }),
      needs('get', 'core nodes', { unseen: atStart }),
    ],
    powers: [],
  },
  'override-keeper': {
    needed: everywhere(environmentNames, (scope) => [
      needs('list watch', 'networking.k8s.io networkpolicies', { scope }),
      needs('delete', 'networking.k8s.io networkpolicies', { scope, unseen: 'an override has to end for it' }),
    ]),
    powers: [],
  },
  'verifier': verifierRights,
}
