import type { EnvironmentName } from '../../intent/environments.ts'
import { canary } from '../../intent/hosts.ts'
import { reading, readingIfPresent } from './kubernetes.ts'
import type { Platform } from './platform.ts'

/** What an application team is given in an environment, as the cluster has it. */
export interface HandedOver {
  environment: EnvironmentName
  namespace: string
  /** host:port of the data store's Service, as pods of any environment write it. */
  dataStore: string
  /** Hosts of the Ingress of the service that every environment has. */
  hosts: string[]
  /** kind and name of what the environment's services rely on. */
  objects: string[]
}

/** Rejects with IndeterminateError when one of it cannot be read. */
export async function readHandedOver(platform: Platform, environment: EnvironmentName): Promise<HandedOver> {
  const { core, networking } = platform.cluster
  const namespace = platform.namespaceOf(environment)
  const configMaps = ['hpa-defaults', 'ingress-public'] as const
  const [service, ingress, maps, quotas] = await Promise.all([
    reading(`read the service data-store of ${namespace}`, core.readNamespacedService({ namespace, name: 'data-store' })),
    reading(`read the ingress ${canary} of ${namespace}`, networking.readNamespacedIngress({ namespace, name: canary })),
    Promise.all(configMaps.map(async (name) => await readingIfPresent(`read the config map ${name} of ${namespace}`, core.readNamespacedConfigMap({ namespace, name })))),
    reading(`list the quotas of ${namespace}`, core.listNamespacedResourceQuota({ namespace })),
  ])
  // A Service that only stands for a name has no ports; then the server's is the one.
  const port = service.spec?.ports?.[0]?.port ?? platform.outputs.database.port
  return {
    environment,
    namespace,
    dataStore: `${service.metadata?.name ?? ''}.${namespace}.svc.cluster.local:${port}`,
    hosts: (ingress.spec?.rules ?? []).flatMap(({ host }) => host ?? []),
    objects: [...configMaps.filter((_, index) => maps[index] !== undefined).map((name) => `ConfigMap ${name}`), ...quotas.items.map(({ metadata }) => `ResourceQuota ${metadata?.name ?? ''}`)],
  }
}
