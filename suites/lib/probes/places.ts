import type { IntendedCell } from '../../intent/routes.ts'
import type { Member } from './fleet.ts'
import { namesOf } from './manifests.ts'

/** Where an attempt goes; undefined when its target does not run or has no such way to it. */
export function placeOf({ route, host, port, protocol }: IntendedCell, target: Member | undefined, run: string): { host: string, port: number } | undefined {
  if (host !== undefined) return { host, port }
  if (target?.ready !== true) return undefined
  if (route === 'pod-ip') return { host: target.ip, port }
  if (route === 'node-port') {
    const nodePort = target.nodePorts?.[protocol]
    return nodePort === undefined || target.nodeAddress === '' ? undefined : { host: target.nodeAddress, port: nodePort }
  }
  return route === 'landmark' ? undefined : { host: namesOf(target.endpoint, target.namespace, run)[route], port }
}
