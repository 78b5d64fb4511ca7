import { environmentNames, type EnvironmentName } from './environments.ts'

/** Where probes run: in the four environments, and in a namespace beside them that no policy protects or restricts. */
export const outsider = 'outsider'
export type Zone = EnvironmentName | typeof outsider

/**
 * `exposed` asks to be reached by its environment, `unexposed` asks for nothing and so must get nothing, `outsider` stands in a
 * namespace without any policy: its cells judge one side alone, since nothing on its own side can be what stops them.
 */
export type Exposure = 'exposed' | 'unexposed' | 'outsider'

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
  ]),
  endpoint(outsider, 'outsider-1', 'outsider'),
  endpoint(outsider, 'outsider-2', 'outsider'),
]
