import { NetworkingV1Api } from '@kubernetes/client-node'
import type { EnvironmentName } from '../../intent/environments.ts'
import type { AccessAttempt } from '../verdict.ts'
import { administrator } from './holders.ts'
import { attempting, bounded } from './kubernetes.ts'
import type { Platform } from './platform.ts'

/** Offers a policy that opens an environment to production, by dry run and as the administrator: what refuses it is no lack of rights. */
export async function offerPolicy(platform: Platform, { environment, name, reference }: { environment: EnvironmentName, name: string, reference?: string }): Promise<AccessAttempt> {
  const api = new NetworkingV1Api(bounded(administrator(platform)))
  const namespace = platform.namespaceOf(environment)
  const body = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, ...reference === undefined ? {} : { annotations: { 'plumbline.dev/approval': reference } } },
    spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ _from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': platform.namespaceOf('production') } } }] }] },
  }
  const what = `the administrator create a network policy ${reference === undefined ? 'without a reference' : `with the reference ${reference}`} in ${environment}`
  return await attempting(what, api.createNamespacedNetworkPolicy({ namespace, body, dryRun: 'All' }))
}
