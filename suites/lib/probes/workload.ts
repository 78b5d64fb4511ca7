import type { V1Pod } from '@kubernetes/client-node'
import { budgets } from '../budgets.ts'
import { converge } from '../converge.ts'
import type { RunRecord } from '../footprint.ts'
import { reading, readingIfPresent } from '../platform/kubernetes.ts'
import type { Platform } from '../platform/platform.ts'
import { probeImage, restrictedContainer, restrictedPod, runLabels } from './manifests.ts'
import { podState } from './pod-status.ts'

/** A small program that a run puts into an environment to see what the platform makes of it. */
export interface Workload {
  environment: string
  /** What it is for; part of the pod's name. */
  purpose: string
  image: string
  args: readonly string[]
  limits: { cpu: string, memory: string }
  /** It never becomes ready: its readiness probe asks a port on which nobody listens. */
  unready?: boolean
}

export interface WorkloadPlace {
  platform: Platform
  run: Pick<RunRecord, 'created'> & { label: string }
}

/** Test programs of the Kubernetes project: load on processor and memory, lines in the log. */
export const agnhost = 'registry.k8s.io/e2e-test-images/agnhost:2.59'

/** A pod that runs, does nothing and is never ready. */
export function unreadyWorkload(environment: string, purpose: string): Workload {
  return { environment, purpose, image: probeImage, args: ['listen', '-id', `${environment}/${purpose}`, '-tcp', '8080'], limits: { cpu: '50m', memory: '32Mi' }, unready: true }
}

export function workloadName({ purpose }: Pick<Workload, 'purpose'>, run: string): string {
  return `${purpose}-${run}`
}

/** Makes the pod; resolves with its name as soon as the API server has taken it. */
export async function startWorkload({ platform, run }: WorkloadPlace, workload: Workload): Promise<string> {
  const namespace = platform.namespaceOf(workload.environment)
  const name = workloadName(workload, run.label)
  await reading(`start ${name} in ${namespace}`, platform.cluster.core.createNamespacedPod({ namespace, body: podOf(name, workload, run.label) }))
  run.created(`Pod ${namespace}/${name}`)
  return name
}

/** Removes the pod; harmless when it is gone. */
export async function stopWorkload({ platform, run }: WorkloadPlace, workload: Pick<Workload, 'environment' | 'purpose'>): Promise<void> {
  const namespace = platform.namespaceOf(workload.environment)
  const name = workloadName(workload, run.label)
  await readingIfPresent(`remove ${name} from ${namespace}`, platform.cluster.core.deleteNamespacedPod({ namespace, name, gracePeriodSeconds: 0 }))
}

/** How the pod fares, in the cluster's words; `running` is what matters where nothing can become ready. */
export async function workloadState({ platform, run }: WorkloadPlace, workload: Pick<Workload, 'environment' | 'purpose'>): Promise<string> {
  const namespace = platform.namespaceOf(workload.environment)
  const name = workloadName(workload, run.label)
  const pod = await readingIfPresent(`look at ${name} in ${namespace}`, platform.cluster.core.readNamespacedPod({ namespace, name }))
  if (pod === undefined) return 'it is gone'
  if (pod.status?.containerStatuses?.[0]?.state?.running !== undefined) return 'running'
  const state = podState(pod)
  return state.state === 'ready' ? 'running' : state.why
}

/** What the pod printed, once it has printed something; an empty text when it did not in time. */
export async function workloadLog({ platform, run }: WorkloadPlace, workload: Pick<Workload, 'environment' | 'purpose'>): Promise<string> {
  const namespace = platform.namespaceOf(workload.environment)
  const name = workloadName(workload, run.label)
  const look = async (): Promise<string> => {
    if (await workloadState({ platform, run }, workload) === 'its pod is Pending') return ''
    return await platform.cluster.core.readNamespacedPodLog({ namespace, name }).catch(() => '')
  }
  return (await converge(look, budgets.workloadStart, { consecutive: 1, every: 500, until: (text) => text.trim() !== '' })).value
}

function podOf(name: string, workload: Workload, run: string): V1Pod {
  const { image, args, limits, unready = false } = workload
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: runLabels(run) },
    spec: {
      ...restrictedPod,
      containers: [{
        name: 'workload',
        image,
        args: [...args],
        ...(unready ? { readinessProbe: { tcpSocket: { port: 9 }, periodSeconds: 5 } } : {}),
        securityContext: restrictedContainer.securityContext,
        // It is entitled to all of its processor: on a busy machine it would otherwise be left with less than it is to use.
        resources: { requests: { cpu: limits.cpu, memory: '16Mi' }, limits },
      }],
    },
  }
}
