import { environmentNames } from './environments.ts'
import type { IdentityKind } from './identities.ts'
import { look, needs, needsPaths, type IntendedRights, type KnownPower, type NeededRights } from './needed.ts'
import { verifierRights } from './rights-of-verifier.ts'

/** Namespaces that the bootstrap delivers Secrets to: every environment, and the parts that are given one. */
const delivered = [...environmentNames, 'observability', 'audit']

const everywhere = <T>(places: readonly string[], of: (scope: string) => readonly T[]): T[] => places.flatMap((scope) => [...of(scope)])
const reads = (scope: string, because: string): KnownPower => ({ kind: 'secrets', scope, because })

/** The ingress controller keeps every Ingress, what is behind it and its certificate in view, and writes its own address onto it. */
const traefik: IntendedRights = {
  needed: [
    needs(look, 'networking.k8s.io ingressclasses'),
    needs(look, 'core nodes'),
    ...everywhere<NeededRights>([...environmentNames, 'ingress'], (scope) => [
      needs(look, 'core services', { scope }),
      needs(look, 'core secrets', { scope }),
      needs('list watch', 'discovery.k8s.io endpointslices', { scope }),
      needs(look, 'networking.k8s.io ingresses', { scope }),
      needs('update', 'networking.k8s.io ingresses/status', { scope }),
    ]),
  ],
  powers: [...environmentNames, 'ingress'].map((scope) => reads(scope, 'the certificates are Secrets, and its library lists them whole')),
}

const sealedSecrets: IntendedRights = {
  needed: [
    needs(look, 'bitnami.com sealedsecrets'),
    needs('update', 'bitnami.com sealedsecrets/status'),
    ...everywhere<NeededRights>(delivered, (scope) => [
      needs('get create update', 'core secrets', { scope }),
      needs('create patch', 'core events', { scope }),
    ]),
    needs('list create', 'core secrets', { scope: 'sealed-secrets' }),
    needs('get', 'core secrets', { scope: 'sealed-secrets', names: ['sealed-secrets-key'] }),
  ],
  powers: [...delivered, 'sealed-secrets'].map((scope) => reads(scope, 'it writes the Secrets that it opens, and compares them first')),
}

const prober: IntendedRights = {
  needed: [needs('get', 'core namespaces', { names: environmentNames }), needsPaths('get', '/readyz/etcd')],
  powers: [],
}

/** The platform's own parts. Who is not here asks the API server for nothing. */
export const partRights: Partial<Record<IdentityKind, IntendedRights>> = {
  'traefik': traefik,
  'sealed-secrets': sealedSecrets,
  'prometheus': { needed: [needs(look, 'core nodes pods'), needs('get', 'core nodes/metrics'), needsPaths('get', '/metrics')], powers: [] },
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
  'vlagent': { needed: [needs(look, 'core pods namespaces nodes')], powers: [] },
  'override-keeper': {
    needed: everywhere(environmentNames, (scope) => [
      needs('list watch', 'networking.k8s.io networkpolicies', { scope }),
      needs('delete', 'networking.k8s.io networkpolicies', { scope, rare: 'an override has to end for it' }),
    ]),
    powers: [],
  },
  'verifier': verifierRights,
}
