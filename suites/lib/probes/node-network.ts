import { budgets } from '../budgets.ts'
import { converge } from '../converge.ts'
import { attempting, reading } from '../platform/kubernetes.ts'
import type { AccessAttempt } from '../verdict.ts'
import { agentPod } from './agent-pod.ts'
import type { OwnPlace } from './own-namespace.ts'
import { podState, type PodState } from './pod-status.ts'

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
export async function probedByNode({ platform: { cluster }, run }: OwnPlace, namespace: string): Promise<PodState> {
  const name = `probe-node-network-${run.label}`
  const body = agentPod({ namespace, purpose: 'node-network', args, container: { readinessProbe: { tcpSocket: { port }, periodSeconds: 1 } } }, { name, run: run.label })
  await reading(`start ${name} in ${namespace}`, cluster.core.createNamespacedPod({ namespace, body }))
  run.created(`Pod ${namespace}/${name}`)
  const look = async () => podState(await reading(`look at ${name} in ${namespace}`, cluster.core.readNamespacedPod({ namespace, name })))
  return (await converge(look, budgets.workloadStart, { consecutive: 1, until: ({ state }) => state === 'ready' || state === 'failed' })).value
}
