import { environmentNames } from './environments.ts'
import type { Ask } from './escalation.ts'
import { asks } from './escalation.ts'
import type { IdentityKind, ShippedIdentity } from './identities.ts'

/** Something that an identity must be able to do: least privilege must not mean that nothing works. */
export interface Job { ask: Ask, namespace: string | undefined }

const look = (group: string, ...resources: string[]): Ask[] => asks('namespace', 'list', group, ...resources)
const lookAll = (group: string, ...resources: string[]): Ask[] => asks('cluster', 'list', group, ...resources)

const here: Partial<Record<IdentityKind, readonly Ask[]>> = {
  'viewer': look('', 'pods', 'services', 'events'),
  'deployer': [...look('', 'pods'), ...look('apps', 'deployments')],
  'environment-admin': [...look('', 'pods', 'secrets', 'serviceaccounts')],
  'sealed-secrets': look('', 'secrets'),
}

const inEnvironments: Partial<Record<IdentityKind, readonly Ask[]>> = {
  'verifier': [...look('', 'pods'), ...look('networking.k8s.io', 'networkpolicies')],
  'traefik': [...look('networking.k8s.io', 'ingresses'), ...look('', 'secrets', 'services')],
  'override-keeper': look('networking.k8s.io', 'networkpolicies'),
}

const everywhere: Partial<Record<IdentityKind, readonly Ask[]>> = {
  'verifier': lookAll('', 'namespaces', 'nodes'),
  'prometheus': lookAll('', 'nodes', 'pods'),
  'kube-state-metrics': [...lookAll('', 'pods'), ...lookAll('apps', 'deployments')],
  'vlagent': lookAll('', 'pods', 'namespaces'),
  'sealed-secrets': lookAll('bitnami.com', 'sealedsecrets'),
}

/** The jobs of an identity; none for those that need the API server for nothing. */
export function jobsOf({ kind, namespace }: Pick<ShippedIdentity, 'kind' | 'namespace'>): Job[] {
  return [
    ...(here[kind] ?? []).map((ask) => ({ ask, namespace })),
    ...environmentNames.flatMap((environment) => (inEnvironments[kind] ?? []).map((ask) => ({ ask, namespace: environment }))),
    ...(everywhere[kind] ?? []).map((ask) => ({ ask, namespace: undefined })),
  ]
}
