import type { V1ObjectMeta } from '@kubernetes/client-node'
import type { EnvironmentName } from '../../intent/environments.ts'
import { readingIfPresent } from './kubernetes.ts'
import type { Platform } from './platform.ts'

export interface Metadata {
  kind: string
  labels: Readonly<Record<string, string>>
  annotations: Readonly<Record<string, string>>
}

/** What the Deployment and the Service of this name carry; those that are not there are left out. */
export async function readMetadata(platform: Platform, environment: EnvironmentName, name: string): Promise<Metadata[]> {
  const { core, apps } = platform.cluster
  const namespace = platform.namespaceOf(environment)
  const [deployment, service] = await Promise.all([
    readingIfPresent(`read the deployment ${name} of ${namespace}`, apps.readNamespacedDeployment({ namespace, name })),
    readingIfPresent(`read the service ${name} of ${namespace}`, core.readNamespacedService({ namespace, name })),
  ])
  return [...ofKind('Deployment', deployment), ...ofKind('Service', service)]
}

function ofKind(kind: string, object: { metadata?: V1ObjectMeta } | undefined): Metadata[] {
  return object === undefined ? [] : [{ kind, labels: object.metadata?.labels ?? {}, annotations: object.metadata?.annotations ?? {} }]
}
