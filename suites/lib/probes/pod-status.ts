import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node'

/** How far a probe pod has come. `failing` may still recover; `failed` will not. */
export type PodState =
  | { state: 'ready', ip: string, node: string, image: string }
  | { state: 'starting', why: string }
  | { state: 'failing', why: string }
  | { state: 'failed', why: string }

const hopeless = new Set(['InvalidImageName', 'CreateContainerConfigError', 'CreateContainerError', 'RunContainerError'])

/** Reads a pod's status; the reason is the cluster's own, since it is what the report will say. */
export function podState(pod: V1Pod): PodState {
  const phase = pod.status?.phase ?? 'Unknown'
  const container = pod.status?.containerStatuses?.[0]
  if (phase === 'Failed' || phase === 'Succeeded') return { state: 'failed', why: `its pod ended (${endOf(pod, container)})` }
  const ip = pod.status?.podIP
  if (container?.ready === true && ip !== undefined) {
    return { state: 'ready', ip, node: pod.spec?.nodeName ?? 'unknown', image: container.imageID }
  }
  const waiting = container?.state?.waiting
  if (waiting?.reason !== undefined && waiting.reason !== 'ContainerCreating' && waiting.reason !== 'PodInitializing') {
    const why = `its pod cannot start: ${waiting.reason}${waiting.message === undefined ? '' : ` (${waiting.message})`}`
    return { state: hopeless.has(waiting.reason) ? 'failed' : 'failing', why }
  }
  const unscheduled = pod.status?.conditions?.find((condition) => condition.type === 'PodScheduled' && condition.status === 'False')
  if (unscheduled !== undefined) return { state: 'failing', why: `its pod has no node: ${unscheduled.message ?? unscheduled.reason ?? 'no reason given'}` }
  return { state: 'starting', why: `its pod is ${phase}` }
}

function endOf(pod: V1Pod, container: V1ContainerStatus | undefined): string {
  const terminated = container?.state?.terminated
  if (terminated !== undefined) return `${terminated.reason ?? 'exit'} ${terminated.exitCode}${terminated.message === undefined ? '' : `: ${terminated.message}`}`
  return pod.status?.reason ?? pod.status?.message ?? 'no reason given'
}
