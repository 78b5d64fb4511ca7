import { budgets } from '../budgets.ts'
import { attempting } from '../platform/kubernetes.ts'
import type { AccessAttempt } from '../verdict.ts'
import { agentPod } from './agent-pod.ts'
import type { OwnPlace } from './own-namespace.ts'
import type { PodState } from './pod-status.ts'
import { startPod } from './run-pod.ts'

const port = 48_081

/** How a pod would stand on its node's own network, where no network policy selects it: what that changes of the pod and of its container. */
export const nodeStances = {
  'on the network of its node': { pod: { hostNetwork: true }, container: {} },
  'with a port of its node': { pod: {}, container: { ports: [{ containerPort: port, hostPort: port, protocol: 'TCP' }] } },
} as const
export type NodeStance = keyof typeof nodeStances

const args = ['listen', '-id', 'node-network', '-tcp', String(port)]

/** Offers a pod to a namespace by server-side dry run; without a stance it is an ordinary one, the control. */
export async function offerStance({ platform: { cluster }, run }: OwnPlace, namespace: string, stance?: NodeStance): Promise<AccessAttempt> {
  const body = agentPod({ namespace, purpose: 'node-network', args, ...stance === undefined ? {} : nodeStances[stance] }, { name: `probe-node-network-${run.label}`, run: run.label })
  return await attempting(`create a pod ${stance ?? 'on the pods\' network'} in ${namespace}`, cluster.core.createNamespacedPod({ namespace, body, dryRun: 'All' }))
}

/**
 * A pod that only its own node asks whether it is ready, at a port: under default-deny it gets ready when the engine lets a node reach its
 * own pods. Resolves with how far it came.
 */
export async function probedByNode(place: OwnPlace, namespace: string): Promise<PodState> {
  const { label } = place.run
  const body = agentPod({ namespace, purpose: 'node-network', args, container: { readinessProbe: { tcpSocket: { port }, periodSeconds: 1 } } }, { name: `probe-node-network-${label}`, run: label })
  return await startPod(place, { namespace, body, budget: budgets.workloadStart })
}
