import { accessProfiles, environmentNames, groupOf, verifier, type AccessProfile, type EnvironmentName } from './environments.ts'

/** Every identity that the platform ships: who they are for the API server, and what for. Written from the specification and the guides. */
export interface ShippedIdentity {
  /** What reports call it: `development/deployer`, `observability/prometheus`, `development/default`; unique. */
  name: string
  /** `person`: holders of an access profile. `account`: what pods run as when they name nothing. `automation`: what the platform's own parts run as. `pipeline`: the administrator that installs it all. `world`: whoever reaches the API server. */
  kind: 'person' | 'account' | 'automation' | 'pipeline' | 'world'
  user: string
  groups: readonly string[]
  /** The namespace of a service account; undefined for what is none. */
  namespace: string | undefined
  /** The environment that it belongs to; undefined for the platform's own. */
  environment: EnvironmentName | undefined
  profile: AccessProfile | undefined
  purpose: string
}

/** Namespaces that the platform makes beside the environments, each for one of its parts. */
export const partNamespaces = ['ingress', 'observability', 'log-collection', 'sealed-secrets', 'audit', 'overrides'] as const
export const platformNamespaces: readonly string[] = [...environmentNames, ...partNamespaces]

/** User and groups of a service account, as the API server writes them. */
export function serviceAccount(namespace: string, name: string): { user: string, groups: readonly string[] } {
  return { user: `system:serviceaccount:${namespace}:${name}`, groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'] }
}

const profilePurposes: Readonly<Record<AccessProfile, string>> = {
  viewer: 'sees workloads, logs, quotas and policies of one environment; no Secrets',
  deployer: 'makes, changes and removes workloads of one environment too; names Secrets and does not read them',
  'environment-admin': 'reads and changes Secrets and accounts of one environment too, and enters its pods',
}

const people = environmentNames.flatMap((environment) => accessProfiles.map((profile): ShippedIdentity => ({
  name: `${environment}/${profile}`, kind: 'person', namespace: undefined, environment, profile,
  user: `plumbline-probe-${profile}`, groups: [groupOf(environment, profile), 'system:authenticated'],
  purpose: profilePurposes[profile],
})))

const defaults = platformNamespaces.map((namespace): ShippedIdentity => ({
  name: `${namespace}/default`, kind: 'account', namespace, environment: environmentNames.find((one) => one === namespace), profile: undefined,
  ...serviceAccount(namespace, 'default'), purpose: 'what a pod runs as that names no account: it needs nothing',
}))

const samples = environmentNames.map((environment): ShippedIdentity => automation(environment, 'sample-service', 'serves requests; it asks the API server for nothing'))

const parts: readonly ShippedIdentity[] = [
  automation(verifier.namespace, verifier.serviceAccount, 'proves the platform: reads what it judges, and makes and removes its own probes'),
  automation('ingress', 'traefik', 'routes requests of every environment by its Ingresses, with their certificates'),
  automation('observability', 'prometheus', 'finds pods and nodes and scrapes them, the kubelets and the API server'),
  automation('observability', 'kube-state-metrics', 'turns what the API server knows of workloads and nodes into metrics'),
  automation('observability', 'alertmanager', 'routes alerts to the platform channel; it asks the API server for nothing'),
  automation('observability', 'victoria-logs', 'keeps logs; it asks the API server for nothing'),
  automation('observability', 'vmalert', 'evaluates alerts over logs; it asks the API server for nothing'),
  automation('observability', 'prober', 'asks the API server, etcd and the ingress whether they are there'),
  automation('observability', 'prober-outside', 'asks the same from outside the pod network'),
  automation('log-collection', 'vlagent', 'collects the logs of every container, with the names of its pod'),
  automation('sealed-secrets', 'sealed-secrets', 'opens sealed secrets where the bootstrap lets it'),
  automation('audit', 'audit-forwarder', 'carries records from the audit bucket to the log store; it asks the API server for nothing'),
  automation('overrides', 'override-keeper', 'removes network overrides whose time is over'),
]

/** The cluster's one administrator: LKE gives out a static credential of this account, and the pipeline installs everything with it. */
export const pipeline: ShippedIdentity = {
  name: 'pipeline', kind: 'pipeline', namespace: 'kube-system', environment: undefined, profile: undefined,
  ...serviceAccount('kube-system', 'lke-admin'), purpose: 'installs and changes the platform; LKE gives out one administrator, which can do everything',
}

const world: readonly ShippedIdentity[] = [
  { name: 'anonymous', kind: 'world', namespace: undefined, environment: undefined, profile: undefined, user: 'system:anonymous', groups: ['system:unauthenticated'], purpose: 'whoever reaches the API server without a credential' },
  { name: 'authenticated', kind: 'world', namespace: undefined, environment: undefined, profile: undefined, user: 'plumbline-probe-nobody', groups: ['system:authenticated'], purpose: 'whoever has a credential and was given nothing' },
]

/** Everybody but the administrator, whose rights know no bounds to hold them against. */
export const boundedIdentities: readonly ShippedIdentity[] = [...people, ...defaults, ...samples, ...parts, ...world]
export const shippedIdentities: readonly ShippedIdentity[] = [...boundedIdentities, pipeline]

function automation(namespace: string, account: string, purpose: string): ShippedIdentity {
  const environment = account === verifier.serviceAccount ? undefined : environmentNames.find((one) => one === namespace)
  return { name: `${namespace}/${account}`, kind: 'automation', namespace, environment, profile: undefined, ...serviceAccount(namespace, account), purpose }
}
