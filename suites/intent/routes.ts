import { endpoints, isEnvironment, listenerPort, outsider, targets, type Endpoint } from './endpoints.ts'

/**
 * By address, by the name of the Service, by the name of a Service without an address, by the pod's own name under that, by a port of the
 * target's node, and at a place of the platform itself (landmarks.ts).
 */
export const routes = ['pod-ip', 'service', 'headless', 'headless-pod', 'node-port', 'landmark'] as const
export type Route = (typeof routes)[number]
/** Routes by which an attempt arrives as what it was, from pod to pod, so that policies say something about it. */
export const podRoutes: readonly Route[] = ['pod-ip', 'service', 'headless', 'headless-pod']
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
  /** Address or absolute name of a landmark; elsewhere the fleet says it. */
  host?: string
  /** `host` is the server itself: what policies see is where the attempt goes. */
  direct?: boolean
  intended: 'allow' | 'deny'
  /** Id of the cell (or of the target's attempt at itself) that must be delivered before this one can be judged. */
  control: string
}

/**
 * Who may talk to whom (FR-003, FR-009, SC-004, US-003.1): nobody, except that an exposed pod is reached from its own environment.
 * Two pods outside all environments reach each other, since no policy applies to them. What a pod wears does not matter.
 */
export function mayReach(from: Endpoint, to: Endpoint): boolean {
  if (!isEnvironment(from.zone)) return to.exposure === 'outsider'
  return from.zone === to.zone && to.exposure === 'exposed'
}

export function cellId(from: Endpoint, to: Endpoint, route: Route, protocol: Protocol): string {
  return `${from.id} -> ${to.id} ${route} ${protocol}`
}

/**
 * An unexposed pod has no Service: nobody is meant to look for it. One endpoint of a zone has Services of every kind; a name that resolves to
 * the same address tells nothing new about a second one.
 */
export function routesTo(to: Endpoint): readonly Route[] {
  if (to.exposure === 'unexposed') return ['pod-ip']
  return hasEveryRoute(to) ? ['pod-ip', 'service', 'headless', 'headless-pod', 'node-port'] : ['pod-ip', 'service']
}

/** Another name for the same address is tried over one protocol. */
export function protocolsOver(route: Route): readonly Protocol[] {
  return route === 'headless' || route === 'headless-pod' ? ['TCP'] : protocols
}

/** Whether an endpoint also has a Service without an address and one with a port on the nodes. */
export function hasEveryRoute(endpoint: Endpoint): boolean {
  return endpoint.name === 'exposed-1' || endpoint.name === 'outsider-1'
}

/**
 * Whether an attempt is a cell. Within an environment a node's port leads to a pod that is open to it, or not, by where the two run: the node
 * may put its own address in the place of the pod's. Nothing is meant about it.
 */
function isCell(from: Endpoint, to: Endpoint, route: Route): boolean {
  return from.id !== to.id && (route !== 'node-port' || !isEnvironment(to.zone) || from.zone !== to.zone)
}

/**
 * The control of a denied cell is an allowed attempt at the same listener over the same route and protocol: the target's neighbour
 * in its own zone. Nobody may reach an unexposed pod, so its control is its attempt at its own address, which no policy stops;
 * so is the control of an allowed cell, where only a dead listener could excuse a failure.
 */
function controlOf(cell: { from: Endpoint, to: Endpoint, route: Route, protocol: Protocol }): string {
  const { to, route, protocol } = cell
  if (mayReach(cell.from, to)) return selfId(to, protocol)
  if (route === 'node-port') return nodePortControl(protocol)
  const neighbour = endpoints.find((other) => other.zone === to.zone && other.id !== to.id && other.exposure === to.exposure)
  return neighbour === undefined ? selfId(to, protocol) : cellId(neighbour, to, route, protocol)
}

/** Nobody is meant to reach an environment by a node's port, so the control of that is one at a pod without policies: such ports work here. */
function nodePortControl(protocol: Protocol): string {
  const [first, second] = endpoints.filter(({ zone }) => zone === outsider)
  if (first === undefined || second === undefined) throw new TypeError('expected two endpoints outside all environments')
  return cellId(second, first, 'node-port', protocol)
}

/** The attempt of an endpoint at its own address, over which no policy has a say. */
export function selfId(endpoint: Endpoint, protocol: Protocol): string {
  return cellId(endpoint, endpoint, 'pod-ip', protocol)
}

/** The intended table: every ordered pair of endpoints, by each route to the target, over each protocol. */
export const intendedCells: readonly IntendedCell[] = endpoints.flatMap((from) => targets
  .flatMap((to) => routesTo(to).filter((route) => isCell(from, to, route)).flatMap((route) => protocolsOver(route).map((protocol): IntendedCell => ({
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
  crossEnvironment: (cell) => isEnvironment(cell.from.zone) && isEnvironment(cell.to.zone) && cell.from.zone !== cell.to.zone,
  exposedWithinEnvironment: (cell) => isEnvironment(cell.from.zone) && cell.from.zone === cell.to.zone && cell.to.exposure === 'exposed',
  unexposedWithinEnvironment: (cell) => isEnvironment(cell.from.zone) && cell.from.zone === cell.to.zone && cell.to.exposure === 'unexposed',
  ingressAlone: (cell) => !isEnvironment(cell.from.zone) && isEnvironment(cell.to.zone),
  egressAlone: (cell) => isEnvironment(cell.from.zone) && !isEnvironment(cell.to.zone),
  outsideAllPolicies: (cell) => !isEnvironment(cell.from.zone) && !isEnvironment(cell.to.zone),
} as const satisfies Record<string, (cell: IntendedCell) => boolean>
export type Slice = keyof typeof slices
