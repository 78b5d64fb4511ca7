import { listenerPort, outsider, type Endpoint } from './endpoints.ts'
import { cellId, selfId, type IntendedCell, type Protocol } from './routes.ts'

/**
 * What the platform's own policies do not use, and those of its users may: named ports, ranges of ports, blocks of addresses with an exception. They are
 * tried in a namespace of the run, with policies of the run: one server, and two that try it.
 */
const pod = (name: string): Endpoint => ({ id: `features/${name}`, zone: outsider, name, exposure: 'outsider' })
export const featureServer = pod('server')
export const featureClients = { near: pod('near'), far: pod('far') } as const
type Client = keyof typeof featureClients

/** Ports of the server. `web` is the name of the first for TCP, `tell` for UDP; the range has its two ends and the port behind its end. */
export const featurePorts = { named: listenerPort, rangeFirst: 8081, rangeLast: 8083, behindRange: 8084, block: 8090 } as const
export const portNames = { TCP: 'web', UDP: 'tell' } as const

interface Row { feature: string, from: Client, port: number, protocol: Protocol, intended: 'allow' | 'deny' }

/** Written from the words of networking.k8s.io/v1 about the policies below. */
const table: readonly Row[] = [
  { feature: 'a named port is open to whom it is opened for', from: 'near', port: featurePorts.named, protocol: 'TCP', intended: 'allow' },
  { feature: 'and to nobody else', from: 'far', port: featurePorts.named, protocol: 'TCP', intended: 'deny' },
  { feature: 'a name is of one protocol', from: 'near', port: featurePorts.named, protocol: 'UDP', intended: 'deny' },
  { feature: 'a range holds its first port', from: 'far', port: featurePorts.rangeFirst, protocol: 'TCP', intended: 'allow' },
  { feature: 'a range holds its last port', from: 'far', port: featurePorts.rangeLast, protocol: 'TCP', intended: 'allow' },
  { feature: 'a range ends', from: 'far', port: featurePorts.behindRange, protocol: 'TCP', intended: 'deny' },
  { feature: 'a range is of one protocol', from: 'far', port: featurePorts.rangeFirst, protocol: 'UDP', intended: 'deny' },
  { feature: 'a range is for whom it is opened', from: 'near', port: featurePorts.rangeFirst, protocol: 'TCP', intended: 'deny' },
  { feature: 'a block holds an address', from: 'near', port: featurePorts.block, protocol: 'TCP', intended: 'allow' },
  { feature: 'a block does not hold its exception', from: 'far', port: featurePorts.block, protocol: 'TCP', intended: 'deny' },
]

const cellOf = (from: Endpoint, { port, protocol, intended }: Pick<Row, 'port' | 'protocol' | 'intended'>): IntendedCell => ({
  id: `${cellId(from, featureServer, 'pod-ip', protocol)} ${port}`, from, to: featureServer, route: 'pod-ip', protocol, port, intended,
  control: port === listenerPort ? selfId(featureServer, protocol) : `${selfId(featureServer, protocol)} ${port}`,
})

export const featureCells: readonly IntendedCell[] = table.map((row) => cellOf(featureClients[row.from], row))

/** The server's attempts at its own other ports, over which no policy has a say: the controls. */
export const featureControls: readonly IntendedCell[] = Object.values(featurePorts).filter((port) => port !== listenerPort)
  .flatMap((port) => (['TCP', 'UDP'] as const).map((protocol) => cellOf(featureServer, { port, protocol, intended: 'allow' })))

/** What each cell shows, by its id. */
export const featureOf: ReadonlyMap<string, string> = new Map(table.map((row) => [cellOf(featureClients[row.from], row).id, row.feature]))
