import { endpoints, listenerPort, outsider, type Endpoint } from './endpoints.ts'

export const routes = ['pod-ip', 'service'] as const
export type Route = (typeof routes)[number]
export const protocols = ['TCP', 'UDP'] as const
export type Protocol = (typeof protocols)[number]

/** One cell of the intended traffic table: may `from` reach `to` by this route and protocol? */
export interface IntendedCell {
  /** `<from> -> <to> <route> <protocol>`; stable over runs. */
  id: string
  from: Endpoint
  to: Endpoint
  route: Route
  protocol: Protocol
  port: number
  intended: 'allow' | 'deny'
  /** Id of the cell (or of the target's attempt at itself) that must be delivered before this one can be judged. */
  control: string
}

/**
 * Who may talk to whom (FR-003, FR-009, SC-004, US-003.1): nobody, except that an exposed pod is reached from its own environment.
 * Two pods outside all environments reach each other, since no policy applies to them.
 */
export function mayReach(from: Endpoint, to: Endpoint): boolean {
  if (from.zone !== to.zone) return false
  return to.exposure === 'exposed' || to.exposure === 'outsider'
}

export function cellId(from: Endpoint, to: Endpoint, route: Route, protocol: Protocol): string {
  return `${from.id} -> ${to.id} ${route} ${protocol}`
}

/** An unexposed pod has no Service: nobody is meant to look for it. */
export function routesTo(to: Endpoint): readonly Route[] {
  return to.exposure === 'unexposed' ? ['pod-ip'] : routes
}

/**
 * The control of a denied cell is an allowed attempt at the same listener over the same route and protocol: the target's neighbour
 * in its own zone. Nobody may reach an unexposed pod, so its control is its attempt at its own address, which no policy stops;
 * so is the control of an allowed cell, where only a dead listener could excuse a failure.
 */
function controlOf(cell: { from: Endpoint, to: Endpoint, route: Route, protocol: Protocol }): string {
  const { to, route, protocol } = cell
  const neighbour = endpoints.find((other) => other.zone === to.zone && other.id !== to.id && other.exposure === to.exposure)
  if (mayReach(cell.from, to) || neighbour === undefined) return selfId(to, protocol)
  return cellId(neighbour, to, route, protocol)
}

/** The attempt of an endpoint at its own address, over which no policy has a say. */
export function selfId(endpoint: Endpoint, protocol: Protocol): string {
  return cellId(endpoint, endpoint, 'pod-ip', protocol)
}

/** The intended table: every ordered pair of endpoints, by each route to the target, over each protocol. */
export const intendedCells: readonly IntendedCell[] = endpoints.flatMap((from) => endpoints
  .filter((to) => to.id !== from.id)
  .flatMap((to) => routesTo(to).flatMap((route) => protocols.map((protocol): IntendedCell => ({
    id: cellId(from, to, route, protocol),
    from,
    to,
    route,
    protocol,
    port: listenerPort,
    intended: mayReach(from, to) ? 'allow' : 'deny',
    control: controlOf({ from, to, route, protocol }),
  })))))

/** What a case judges: a slice of the table. Together the slices cover every cell exactly once. */
export const slices = {
  crossEnvironment: (cell) => isEnvironment(cell.from) && isEnvironment(cell.to) && cell.from.zone !== cell.to.zone,
  exposedWithinEnvironment: (cell) => isEnvironment(cell.from) && cell.from.zone === cell.to.zone && cell.to.exposure === 'exposed',
  unexposedWithinEnvironment: (cell) => isEnvironment(cell.from) && cell.from.zone === cell.to.zone && cell.to.exposure === 'unexposed',
  ingressAlone: (cell) => !isEnvironment(cell.from) && isEnvironment(cell.to),
  egressAlone: (cell) => isEnvironment(cell.from) && !isEnvironment(cell.to),
  outsideAllPolicies: (cell) => !isEnvironment(cell.from) && !isEnvironment(cell.to),
} as const satisfies Record<string, (cell: IntendedCell) => boolean>
export type Slice = keyof typeof slices

function isEnvironment(endpoint: Endpoint): boolean {
  return endpoint.zone !== outsider
}
