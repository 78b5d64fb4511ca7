import { DiscoveryV1Api } from '@kubernetes/client-node'
import type { KubeConfig } from '@kubernetes/client-node'
import { CommandFailure } from '../../console/failure.ts'
import { exitCodes } from '../../../reports/model/verdict.ts'

/**
 * The addresses behind the Service `kubernetes`: network policies are judged after its address was translated, so they must name these.
 * The API server's own requests to pods come from them too.
 */
export async function controlPlaneOf(config: KubeConfig): Promise<{ addresses: string[], port: number }> {
  const { items } = await config.makeApiClient(DiscoveryV1Api).listNamespacedEndpointSlice({ namespace: 'default', labelSelector: 'kubernetes.io/service-name=kubernetes' })
  const addresses = items.flatMap((slice) => slice.endpoints ?? []).flatMap((endpoint) => endpoint.addresses).toSorted()
  const port = items.flatMap((slice) => slice.ports ?? []).find(({ name }) => name === 'https')?.port
  if (addresses.length === 0 || port === undefined) {
    throw new CommandFailure('The cluster names no address of its API server (no endpoint behind the Service default/kubernetes); see `kubectl get endpointslices -n default` and run `npx plumbline provision` again.', exitCodes.partial)
  }
  return { addresses, port }
}
