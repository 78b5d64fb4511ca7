import { endpoints, type Endpoint } from './endpoints.ts'
import { cellId, intendedCells, podRoutes, routesTo, selfId, type IntendedCell, type Protocol } from './routes.ts'

/** A way that an override opens between two probes; `minutes` from its approval. */
export interface OpenedWay { from: Endpoint, to: Endpoint, protocol: Protocol, port: number, minutes: number }

/** Ids of the cells that it opens: every route from pod to pod, to the one target over the one protocol, and nothing else. */
export function openedCells({ from, to, protocol }: Pick<OpenedWay, 'from' | 'to' | 'protocol'>): ReadonlySet<string> {
  return new Set(routesTo(to).filter((route) => podRoutes.includes(route)).map((route) => cellId(from, to, route, protocol)))
}

/**
 * The intended table while an override is open. What it opens is judged like every other open cell: by the target's attempt at itself. By a port
 * of its node the target is then reached or not by where the two pods run, so that cell is left out.
 */
export function intendedWith(way: Pick<OpenedWay, 'from' | 'to' | 'protocol'>): IntendedCell[] {
  const opened = openedCells(way)
  const byNode = cellId(way.from, way.to, 'node-port', way.protocol)
  return intendedCells.filter(({ id }) => id !== byNode).map((cell) => opened.has(cell.id) ? { ...cell, intended: 'allow', control: selfId(cell.to, cell.protocol) } : cell)
}

function endpointCalled(id: string): Endpoint {
  const found = endpoints.find((one) => one.id === id)
  if (found === undefined) throw new TypeError(`there is no endpoint ${id}`)
  return found
}

/** What the case asks for: the shortest that there is, between two environments that have nothing to do with each other. */
export const rehearsedWay: OpenedWay = { from: endpointCalled('staging/exposed-1'), to: endpointCalled('production/exposed-1'), protocol: 'TCP', port: 8080, minutes: 1 }

/** What the case about the record asks for; it is closed by hand. */
export const closedWay: OpenedWay = { ...rehearsedWay, minutes: 5 }

/** Within so many seconds after its end an override is gone: the keeper looks twice a second. */
export const endsWithin = 10
