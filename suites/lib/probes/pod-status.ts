import type { V1ContainerStatus, V1Pod, V1PodCondition } from '@kubernetes/client-node'

/** How far a probe pod has come. `failing` may still recover; `failed` will not. */
export type PodState =
  | { state: 'ready', ip: string, node: string, nodeAddress: string, image: string }
  | { state: 'starting', why: string }
  | { state: 'failing', why: string }
  | { state: 'failed', why: string }

const hopeless = new Set(['InvalidImageName', 'CreateContainerConfigError', 'CreateContainerError', 'RunContainerError'])

/** Reads a pod's status; the reason is the cluster's own, since it is what the report will say. */
export function podState(pod: V1Pod): PodState {
  const { status } = pod
  if (status?.phase === undefined) return { state: 'starting', why: 'its pod has no status yet' }
  const container = status.containerStatuses?.[0]
  if (status.phase === 'Failed' || status.phase === 'Succeeded') return { state: 'failed', why: `its pod ended (${endOf(pod, container)})` }
  return readyState(pod, container) ?? waitingState(container) ?? unscheduledState(status.conditions ?? []) ?? { state: 'starting', why: `its pod is ${status.phase}` }
}

/** Half of what a pod of a run may live: what begins now is over before such a pod ends. Milliseconds. */
const longEnough = 15 * 60_000

/** Whether a pod is ready and will be for as long as a drill takes: a pod of a run has an end of its own. */
export function lastsLong(pod: V1Pod, now: Date = new Date()): boolean {
  const { activeDeadlineSeconds } = pod.spec ?? {}
  const started = pod.status?.startTime
  const left = activeDeadlineSeconds === undefined || started === undefined ? Infinity : new Date(started).getTime() + activeDeadlineSeconds * 1000 - now.getTime()
  return podState(pod).state === 'ready' && pod.metadata?.deletionTimestamp === undefined && left >= longEnough
}

function readyState(pod: V1Pod, container: V1ContainerStatus | undefined): PodState | undefined {
  const ip = pod.status?.podIP
  if (container?.ready !== true || ip === undefined) return undefined
  return { state: 'ready', ip, node: pod.spec?.nodeName ?? 'unknown', nodeAddress: pod.status?.hostIP ?? '', image: container.imageID }
}

function unscheduledState(conditions: readonly V1PodCondition[]): PodState | undefined {
  const unscheduled = conditions.find(({ type, status }) => type === 'PodScheduled' && status === 'False')
  return unscheduled === undefined ? undefined : { state: 'failing', why: `its pod has no node: ${unscheduled.message ?? unscheduled.reason ?? 'no reason given'}` }
}

function waitingState(container: V1ContainerStatus | undefined): PodState | undefined {
  const { reason, message } = container?.state?.waiting ?? {}
  if (reason === undefined || reason === 'ContainerCreating' || reason === 'PodInitializing') return undefined
  const why = `its pod cannot start: ${reason}${message === undefined ? '' : ` (${message})`}`
  return { state: hopeless.has(reason) ? 'failed' : 'failing', why }
}

function endOf(pod: V1Pod, container: V1ContainerStatus | undefined): string {
  const terminated = container?.state?.terminated
  if (terminated === undefined) return pod.status?.reason ?? pod.status?.message ?? 'no reason given'
  return `${terminated.reason ?? 'exit'} ${terminated.exitCode}${terminated.message === undefined ? '' : `: ${terminated.message}`}`
}
