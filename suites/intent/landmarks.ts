import { endpoints, isEnvironment, outsider, platformZone, type Endpoint } from './endpoints.ts'
import { cellId, type IntendedCell } from './routes.ts'

/** Places of the platform that are no pod of an environment. */
export const landmarkKinds = ['api-server', 'data-store', 'ingress', 'node', 'outside', 'metadata'] as const
export type LandmarkKind = (typeof landmarkKinds)[number]

/** Where a landmark is. `name` is its kind, with the node's name for a node; `host` an address or an absolute name. */
export interface Landmark { kind: LandmarkKind, name: string, host: string, port: number }

/** A cloud's metadata service, at the address that all clouds give it. Not every platform has one. */
export const metadataService: Landmark = { kind: 'metadata', name: 'metadata', host: '169.254.169.254', port: 80 }

/** The API server as every pod finds it. */
export const apiServer: Landmark = { kind: 'api-server', name: 'api-server', host: 'kubernetes.default.svc.cluster.local.', port: 443 }

/** A kubelet's port, on every node. */
export const kubeletPort = 10_250
/** The ingress controller's port for HTTPS. */
export const ingressPort = 443

/** The pods of an environment are let out to the shared data store (FR-006) and to nothing else; the name server has a case of its own. */
export function mayReachLandmark({ kind }: Landmark): boolean {
  return kind === 'data-store'
}

/** Landmarks that are found by the address of a Service. */
const behindService: readonly LandmarkKind[] = ['api-server', 'ingress']

/** The environments' pods that try: one that asks to be reached, one that asks for nothing, and one that claims to be somebody else. */
const sources = endpoints.filter(({ zone, name }) => isEnvironment(zone) && name !== 'exposed-2')

/** Its attempts are the controls: no policy holds it back. */
const free = endpoints.filter(({ zone }) => zone === outsider).slice(0, 1)

/** Every attempt at a landmark that is judged. */
export function landmarkCells(landmarks: readonly Landmark[]): IntendedCell[] {
  return landmarks.flatMap((landmark) => sources.map((from) => landmarkCell(from, landmark)))
}

/** The controls of these; they are tried and not judged, since nothing is demanded for a pod outside all environments. */
export function landmarkControls(landmarks: readonly Landmark[]): IntendedCell[] {
  return landmarks.flatMap((landmark) => free.map((from) => landmarkCell(from, landmark)))
}

function landmarkCell(from: Endpoint, landmark: Landmark): IntendedCell {
  const to: Endpoint = { id: `${platformZone}/${landmark.name}`, zone: platformZone, name: landmark.name, exposure: 'landmark' }
  const id = (source: Endpoint) => cellId(source, to, 'landmark', 'TCP')
  return {
    id: id(from), from, to, route: 'landmark', protocol: 'TCP', port: landmark.port, host: landmark.host, direct: !behindService.includes(landmark.kind),
    intended: mayReachLandmark(landmark) ? 'allow' : 'deny', control: free.map(id)[0] ?? id(from),
  }
}
