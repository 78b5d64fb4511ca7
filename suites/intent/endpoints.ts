import { environmentLabel, environmentNames, type EnvironmentName } from './environments.ts'

/** Where probes run: in the four environments, in a namespace beside them that no policy protects or restricts, and in one that looks like an environment. */
export const outsider = 'outsider'
export const lookalike = 'look-alike'
/** Where no probe runs: places of the platform itself (landmarks.ts). */
export const platformZone = 'platform'
export type Zone = EnvironmentName | typeof outsider | typeof lookalike | typeof platformZone

/** Whether a zone is an environment; the others have no policies. */
export function isEnvironment(zone: Zone): zone is EnvironmentName {
  return environmentNames.some((name) => name === zone)
}

/**
 * `exposed` asks to be reached by its environment, `unexposed` asks for nothing and so must get nothing, `outsider` stands in a
 * namespace without any policy: its cells judge one side alone, since nothing on its own side can be what stops them. An `impostor`
 * wears labels of somebody else and only attempts: nobody is asked to reach it. A `landmark` is no pod of ours.
 */
export type Exposure = 'exposed' | 'unexposed' | 'outsider' | 'impostor' | 'landmark'

export interface Endpoint {
  /** `<zone>/<name>`; the id that its listener answers with. */
  id: string
  zone: Zone
  name: string
  exposure: Exposure
}

/** A pod carries this label with this value to be reachable from its own environment. */
export const reachableLabel = { name: 'plumbline.dev/reachable-from', value: 'environment' } as const

/** The port that listeners answer on, for both protocols. Any port would do: the intent does not tell ports apart. */
export const listenerPort = 8080

const endpoint = (zone: Zone, name: string, exposure: Exposure): Endpoint => ({ id: `${zone}/${name}`, zone, name, exposure })

/** Two exposed endpoints per zone, so that each has a neighbour whose attempt is the control of what others are denied. */
export const endpoints: readonly Endpoint[] = [
  ...environmentNames.flatMap((zone) => [
    endpoint(zone, 'exposed-1', 'exposed'),
    endpoint(zone, 'exposed-2', 'exposed'),
    endpoint(zone, 'unexposed', 'unexposed'),
    endpoint(zone, 'impostor', 'impostor'),
  ]),
  endpoint(outsider, 'outsider-1', 'outsider'),
  endpoint(outsider, 'outsider-2', 'outsider'),
  endpoint(lookalike, 'impostor', 'impostor'),
]

/** Those that others try to reach. */
export const targets: readonly Endpoint[] = endpoints.filter(({ exposure }) => exposure !== 'impostor')

/**
 * The environment that an impostor claims to be of: the next one after its own, and production from the namespace that looks like it. A label
 * proves nothing, since whoever makes a pod or a namespace chooses it; the name of a namespace cannot be chosen twice.
 */
export function claimedBy({ zone }: Endpoint): EnvironmentName {
  return isEnvironment(zone) ? environmentNames[(environmentNames.indexOf(zone) + 1) % environmentNames.length] ?? 'production' : 'production'
}

/** What an impostor wears: another environment's name, the name of the ingress controller, and what asks neighbours and the ingress to come in. */
export function wornBy(impostor: Endpoint): Record<string, string> {
  return {
    [environmentLabel]: claimedBy(impostor),
    'kubernetes.io/metadata.name': claimedBy(impostor),
    'app.kubernetes.io/part-of': 'plumbline',
    'app.kubernetes.io/name': 'traefik',
    'plumbline.dev/exposed-by': 'ingress',
    [reachableLabel.name]: reachableLabel.value,
  }
}
