/** The environments of the platform and what each must be (FR-001, SC-001). Written from the specification, never from the charts. */
export const environmentNames = ['development', 'staging', 'production', 'system'] as const
export type EnvironmentName = (typeof environmentNames)[number]

/** The label whose value is the environment's name: what cases, policies and dashboards tell environments apart by. */
export const environmentLabel = 'plumbline.dev/environment'

/** Labels that every environment's namespace carries. */
export function namespaceLabels(environment: EnvironmentName): Record<string, string> {
  return {
    [environmentLabel]: environment,
    'app.kubernetes.io/part-of': 'plumbline',
    'pod-security.kubernetes.io/enforce': 'restricted',
  }
}

/** What a quota must bound so that one environment cannot starve another: compute, memory and the number of pods. */
export const boundedResources = ['requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory', 'pods'] as const

/** What a container gets that asks for nothing, so that the quota can count it. */
export const defaultedResources = ['cpu', 'memory'] as const

/** The access profiles that each environment offers to people. */
export const accessProfiles = ['environment-admin', 'deployer', 'viewer'] as const
export type AccessProfile = (typeof accessProfiles)[number]

/** The group that a person with a profile of an environment belongs to. */
export function groupOf(environment: EnvironmentName, profile: AccessProfile): string {
  return `plumbline:${environment}:${profile}`
}

/** The one identity that may act in every environment: the verifier itself, which is why it is bound in each of them. */
export const verifier = { namespace: 'system', serviceAccount: 'plumbline-verifier' } as const

/** Label of everything that a run creates. */
export const runLabel = 'plumbline.dev/run'

/** Label of every account and binding that a person was issued; its value is the person. */
export const accessLabel = 'plumbline.dev/access'
/** Annotations beside it. */
export const accessMarks = { profile: 'plumbline.dev/access-profile', issuedAt: 'plumbline.dev/access-issued-at', expiresAt: 'plumbline.dev/access-expires-at' } as const
/** Nobody gets access for longer (FR-002: tokens expire). Hours. */
export const accessAtMostHours = 12
/** The administrator's kubeconfig is back within a working shift. Hours. */
export const breakGlassAtMostHours = 4
