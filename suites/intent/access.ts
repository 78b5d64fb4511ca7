import { accessProfiles, environmentNames, groupOf, verifier, type AccessProfile, type EnvironmentName } from './environments.ts'

/** One thing that somebody with a profile asks the API server for. */
export interface IntendedAccess {
  id: string
  holder: Holder
  environment: EnvironmentName
  verb: string
  group: string
  resource: string
  intended: 'allow' | 'deny'
}

interface Ability { verb: string, group: string, resource: string, profiles: readonly AccessProfile[] }

/** What each profile is for: everyone sees workloads, deployers change them, admins also hold the secrets and accounts of their environment. */
const abilities: readonly Ability[] = [
  { verb: 'list', group: '', resource: 'pods', profiles: ['environment-admin', 'deployer', 'viewer'] },
  { verb: 'create', group: 'apps', resource: 'deployments', profiles: ['environment-admin', 'deployer'] },
]

/** What no profile may do anywhere: these would turn a namespaced profile into more than it is. */
const beyondAnyone: readonly Ability[] = [
  { verb: 'bind', group: 'rbac.authorization.k8s.io', resource: 'roles', profiles: [] },
  { verb: 'delete', group: 'networking.k8s.io', resource: 'networkpolicies', profiles: [] },
  { verb: 'update', group: '', resource: 'resourcequotas', profiles: [] },
]

/** Who asks: a person by the group of their profile, or the account that pods of an environment get when they name none. */
export interface Holder {
  environment: EnvironmentName
  name: string
  profile: AccessProfile | undefined
  user: string
  groups: readonly string[]
}

export const holders: readonly Holder[] = environmentNames.flatMap((environment): Holder[] => [
  ...accessProfiles.map((profile): Holder => ({
    environment, profile, name: groupOf(environment, profile), user: `plumbline-probe-${profile}`, groups: [groupOf(environment, profile), 'system:authenticated'],
  })),
  {
    environment,
    profile: undefined,
    name: `${environment}/default`,
    user: `system:serviceaccount:${environment}:default`,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${environment}`, 'system:authenticated'],
  },
])

/** Every holder against every environment: allowed what the profile is for in its own environment, nothing in any other. */
export const intendedAccess: readonly IntendedAccess[] = holders.flatMap((holder) => environmentNames.flatMap((environment) => [...abilities, ...beyondAnyone]
  .map(({ verb, group, resource, profiles }): IntendedAccess => ({
    id: `${holder.name} ${verb} ${resource} in ${environment}`,
    holder,
    environment,
    verb,
    group,
    resource,
    intended: holder.environment === environment && profiles.some((profile) => profile === holder.profile) ? 'allow' : 'deny',
  }))))

/** A subject of a role binding, as RBAC writes it. */
export interface Subject {
  kind: string
  name: string
  namespace?: string | undefined
}

const everybody = ['system:authenticated', 'system:unauthenticated', 'system:serviceaccounts']

/** Why a subject must not be bound in an environment: it belongs to another one, or is everybody. Undefined when it may. */
export function foreignness(environment: EnvironmentName, subject: Subject): string | undefined {
  const others = environmentNames.filter((name) => name !== environment)
  if (subject.kind === 'ServiceAccount') {
    if (subject.namespace === verifier.namespace && subject.name === verifier.serviceAccount) return undefined
    return others.some((name) => name === subject.namespace) ? `the service account ${subject.namespace}/${subject.name} of another environment` : undefined
  }
  if (subject.kind === 'Group' && everybody.includes(subject.name)) return `the group ${subject.name}, which is everybody`
  const owned = (name: string) => [`plumbline:${name}:`, `system:serviceaccounts:${name}`, `system:serviceaccount:${name}:`].some((prefix) => subject.name.startsWith(prefix))
  return others.some(owned) ? `the ${subject.kind.toLowerCase()} ${subject.name} of another environment` : undefined
}
