import { listenerPort } from '../../../suites/intent/endpoints.ts'

/** Three namespaces of three pods, which is what cyclonus has: 81 ordered pairs, each pod with itself among them. */
export const zones = ['x', 'y', 'z'] as const
export const pods = ['a', 'b', 'c'] as const
export const protocols = ['TCP', 'UDP'] as const

/** One measurement: so many ports at each pod, over both protocols; `closed` means that nothing is let into the first namespace. */
export interface Size { ports: readonly number[], closed: boolean }

const firstPorts = (count: number): number[] => Array.from({ length: count }, (_, index) => listenerPort + index)

export const sizes: readonly Size[] = [
  { ports: firstPorts(1), closed: false },
  { ports: firstPorts(2), closed: false },
  { ports: firstPorts(4), closed: false },
  { ports: firstPorts(2), closed: true },
]

export function cellsOf({ ports }: Size): number {
  return (zones.length * pods.length) ** 2 * ports.length * protocols.length
}

/** One way of probing all cells of a size once. */
export interface Round { seconds: number, allowed: number, blocked: number, failed: number }
