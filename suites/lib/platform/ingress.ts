import { IndeterminateError } from '../indeterminate.ts'
import { reading } from './kubernetes.ts'
import type { Platform } from './platform.ts'

const place = { namespace: 'ingress', service: 'traefik', configMap: 'ingress-public' } as const

/** How the ingress is reached from inside the cluster and from outside: its load balancer's address, its names, and whom to trust. */
export interface Ingress {
  address: string
  domain: string
  /** PEM of the authority that signed the environments' certificates. */
  authority: string
}

/** Rejects with IndeterminateError when the ingress has no address or does not say whom to trust. */
export async function readIngress({ cluster: { core } }: Pick<Platform, 'cluster'>): Promise<Ingress> {
  const { namespace, service, configMap } = place
  const [balancer, told] = await Promise.all([
    reading(`read the service ${namespace}/${service}`, core.readNamespacedService({ namespace, name: service })),
    reading(`read the config map ${namespace}/${configMap}`, core.readNamespacedConfigMap({ namespace, name: configMap })),
  ])
  const address = balancer.status?.loadBalancer?.ingress?.[0]?.ip
  if (address === undefined) throw new IndeterminateError(`expected the service ${namespace}/${service} to have the address of a load balancer, but it has none yet`)
  return { address, ...publicFacts(told.data ?? {}) }
}

function publicFacts({ domain, 'ca.crt': authority, ...others }: Readonly<Record<string, string>>): Omit<Ingress, 'address'> {
  if (domain !== undefined && authority !== undefined) return { domain, authority }
  const held = [...(domain === undefined ? [] : ['domain']), ...(authority === undefined ? [] : ['ca.crt']), ...Object.keys(others)]
  throw new IndeterminateError(`expected the config map ${place.namespace}/${place.configMap} to hold domain and ca.crt, but it holds ${held.join(', ') || 'nothing'}`)
}
