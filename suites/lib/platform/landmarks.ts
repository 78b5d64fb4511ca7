import { isIP } from 'node:net'
import { apiServer, ingressPort, kubeletPort, metadataService, type Landmark } from '../../intent/landmarks.ts'
import { sentenceOf } from '../indeterminate.ts'
import { readIngress } from './ingress.ts'
import { reading } from './kubernetes.ts'
import type { Platform } from './platform.ts'

/** The platform's landmarks, and a sentence for each that could not be found. */
export interface Landmarks { found: readonly Landmark[], missing: readonly string[] }

/** Finds every landmark of the platform; never rejects, since each that is missing is said by name. */
export async function readLandmarks(platform: Platform): Promise<Landmarks> {
  const { host, port } = platform.outputs.database
  const looked = await Promise.all([
    looking('ingress', async () => [{ kind: 'ingress', name: 'ingress', host: (await readIngress(platform)).address, port: ingressPort }]),
    looking('nodes', () => readNodes(platform)),
    looking('place outside the cluster', () => Promise.resolve(outsideOf(platform))),
  ])
  const always: Landmark[] = [apiServer, { kind: 'data-store', name: 'data-store', host: absolute(host), port }, metadataService]
  return { found: [...always, ...looked.flatMap((one) => typeof one === 'string' ? [] : one)], missing: looked.filter((one) => typeof one === 'string') }
}

async function looking(what: string, find: () => Promise<Landmark[]>): Promise<Landmark[] | string> {
  try {
    return await find()
  }
  catch (error) {
    return `expected to know the ${what}, but ${sentenceOf(error)}`
  }
}

async function readNodes({ cluster: { core } }: Platform): Promise<Landmark[]> {
  const { items } = await reading('list the nodes', core.listNode())
  return items.flatMap(({ metadata, status }) => {
    const address = status?.addresses?.find(({ type }) => type === 'InternalIP')?.address
    return address === undefined ? [] : [{ kind: 'node' as const, name: `node ${metadata?.name ?? ''}`, host: address, port: kubeletPort }]
  })
}

/** A server outside the cluster that the environments have no business with. */
function outsideOf({ outside }: Platform): Landmark[] {
  if (outside === undefined) throw new Error('the run was not told of a server outside the cluster')
  return [{ kind: 'outside', name: 'outside', host: absolute(outside.host), port: outside.port }]
}

/** A name ends in a dot, so that no search domain is tried. */
function absolute(host: string): string {
  return isIP(host) !== 0 || host.endsWith('.') ? host : `${host}.`
}
