import { accessProfiles, environmentNames, groupOf, verifier, type EnvironmentName } from './environments.ts'

/** What an identity is for; holdings are given to kinds. */
export type IdentityKind =
  | (typeof accessProfiles)[number] | 'default' | 'sample-service' | 'verifier' | 'traefik' | 'sealed-secrets' | 'prometheus' | 'alertmanager' | 'vmalert' | 'victoria-logs'
  | 'kube-state-metrics' | 'prober' | 'prober-outside' | 'vlagent' | 'audit-forwarder' | 'override-keeper' | 'anonymous' | 'nobody'

/** Somebody who can talk to the API server of a platform as it is shipped. */
export interface ShippedIdentity {
  /** As people say it: `production/default`, `plumbline:staging:deployer`. */
  name: string
  kind: IdentityKind
  /** Where it belongs; undefined for those who belong nowhere. */
  namespace: string | undefined
  /** The other namespace in which it is tried: another environment for who belongs to one, production for the platform's own. */
  elsewhere: string
  user: string
  groups: readonly string[]
  /** Its account, of which a token can be had; undefined for who has none (anonymous) and for people, who get theirs when access is issued. */
  account: { namespace: string, name: string } | undefined
}

/** Namespaces that the platform makes for its services, and the accounts that it makes there. */
const platformAccounts = {
  'ingress': ['traefik'],
  'sealed-secrets': ['sealed-secrets'],
  'observability': ['prometheus', 'alertmanager', 'vmalert', 'victoria-logs', 'kube-state-metrics', 'prober', 'prober-outside'],
  'log-collection': ['vlagent'],
  'audit': ['audit-forwarder'],
  'overrides': ['override-keeper'],
} as const satisfies Record<string, readonly IdentityKind[]>

/** Namespaces of the platform beside its environments. */
export const platformNamespaces = Object.keys(platformAccounts)

const everyAccount = 'system:serviceaccounts'
const everyUser = 'system:authenticated'

function ofAccount(kind: IdentityKind, namespace: string, { name: own, elsewhere = 'production' }: { name?: string, elsewhere?: string } = {}): ShippedIdentity {
  const name = own ?? kind
  return {
    name: `${namespace}/${name}`, kind, namespace, elsewhere,
    user: `system:serviceaccount:${namespace}:${name}`, groups: [everyAccount, `${everyAccount}:${namespace}`, everyUser], account: { namespace, name },
  }
}

function neighbourOf(environment: EnvironmentName): EnvironmentName {
  return environmentNames[(environmentNames.indexOf(environment) + 1) % environmentNames.length] ?? 'production'
}

/** People hold the rights of their group, and with an issued account those of the same role: asked for as one, so that what either holds is seen. */
const people: readonly ShippedIdentity[] = environmentNames.flatMap((environment) => accessProfiles.map((profile): ShippedIdentity => ({
  name: groupOf(environment, profile), kind: profile, namespace: environment, elsewhere: neighbourOf(environment),
  user: `plumbline-probe-${profile}`, groups: [groupOf(environment, profile), everyAccount, `${everyAccount}:${environment}`, everyUser], account: undefined,
})))

const anonymous: ShippedIdentity = { name: 'anonymous', kind: 'anonymous', namespace: undefined, elsewhere: 'production', user: 'system:anonymous', groups: ['system:unauthenticated'], account: undefined }

/** Somebody with an account and nothing else: its account is made for the run, in a namespace of its own. */
const nobody: ShippedIdentity = { name: 'nobody', kind: 'nobody', namespace: undefined, elsewhere: 'production', user: 'plumbline-nobody', groups: [everyAccount, everyUser], account: undefined }

/** Every identity that the platform ships (FR-003, NFR-002), and the two that every cluster has. Written from the specification: an account that is not here has no business on the platform. */
export const shippedIdentities: readonly ShippedIdentity[] = [
  ...people,
  ...environmentNames.flatMap((environment) => [
    ofAccount('default', environment, { elsewhere: neighbourOf(environment) }), ofAccount('sample-service', environment, { elsewhere: neighbourOf(environment) }),
  ]),
  ofAccount('verifier', verifier.namespace, { name: verifier.serviceAccount }),
  ...Object.entries(platformAccounts).flatMap(([namespace, kinds]) => [...kinds.map((kind) => ofAccount(kind, namespace)), ofAccount('default', namespace)]),
  ofAccount('default', 'kube-system'),
  anonymous,
  nobody,
]

const ofNoProgram: readonly IdentityKind[] = [...accessProfiles, 'default', 'sample-service', 'anonymous', 'nobody']

/** Names of the identities with which the platform's own programs work (NFR-002). */
export const automationAccounts: readonly string[] = shippedIdentities.filter(({ kind }) => !ofNoProgram.includes(kind)).map(({ name }) => name)

/** An account as the cluster has it. */
export interface LiveAccount {
  namespace: string
  name: string
  /** The person to whom it was issued. */
  person?: string | undefined
  /** Whether its token lies in pods that do not say otherwise. */
  automounted: boolean
}

/** Accounts in the platform's namespaces that the intent does not know. Those of people, which `access issue` makes, are known by their profile. */
export function unknownAccounts(live: readonly LiveAccount[]): LiveAccount[] {
  const watched: readonly string[] = [...environmentNames, ...platformNamespaces]
  const known = new Set(shippedIdentities.map(({ name }) => name))
  return live.filter(({ namespace, name, person }) => watched.includes(namespace) && !known.has(`${namespace}/${name}`) && person === undefined)
}
