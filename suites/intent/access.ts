import { accessProfiles, environmentNames, groupOf, type AccessProfile, type EnvironmentName } from './environments.ts'

/** One thing that somebody with a profile asks the API server for. */
export interface IntendedAccess {
  id: string
  holder: { environment: EnvironmentName, profile: AccessProfile, group: string }
  environment: EnvironmentName
  verb: string
  group: string
  resource: string
  intended: 'allow' | 'deny'
}

interface Ability { verb: string, group: string, resource: string, profiles: readonly AccessProfile[] }

/** What each profile is for: everyone sees workloads, deployers change them, admins change access to nothing but their own environment. */
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

const holders = environmentNames.flatMap((environment) => accessProfiles.map((profile) => ({ environment, profile, group: groupOf(environment, profile) })))

/** Every holder of a profile against every environment: allowed what the profile is for in its own environment, nothing in any other. */
export const intendedAccess: readonly IntendedAccess[] = holders.flatMap((holder) => environmentNames.flatMap((environment) => [...abilities, ...beyondAnyone]
  .map((ability): IntendedAccess => ({
    id: `${holder.group} ${ability.verb} ${ability.resource} in ${environment}`,
    holder,
    environment,
    verb: ability.verb,
    group: ability.group,
    resource: ability.resource,
    intended: holder.environment === environment && ability.profiles.includes(holder.profile) ? 'allow' : 'deny',
  }))))
