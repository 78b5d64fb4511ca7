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
  const [service, ingress, defaults, quotas] = await Promise.all([
    reading(`read the service data-store of ${namespace}`, core.readNamespacedService({ namespace, name: 'data-store' })),
    reading(`read the ingress ${canary} of ${namespace}`, networking.readNamespacedIngress({ namespace, name: canary })),
    readingIfPresent(`read the config map hpa-defaults of ${namespace}`, core.readNamespacedConfigMap({ namespace, name: 'hpa-defaults' })),
    reading(`list the quotas of ${namespace}`, core.listNamespacedResourceQuota({ namespace })),
  ])
  // A Service that only stands for a name has no ports; then the server's is the one.
  const port = service.spec?.ports?.[0]?.port ?? platform.outputs.database.port
  return {
    environment,
    namespace,
    dataStore: `${service.metadata?.name ?? ''}.${namespace}.svc.cluster.local:${port}`,
    hosts: (ingress.spec?.rules ?? []).flatMap(({ host }) => host ?? []),
    objects: [...(defaults === undefined ? [] : ['ConfigMap hpa-defaults']), ...quotas.items.map(({ metadata }) => `ResourceQuota ${metadata?.name ?? ''}`)],
  }
}
