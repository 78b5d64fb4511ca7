import type { EnvironmentName } from '../../intent/environments.ts'
import { logsOn } from '../platform/logs.ts'
import { agnhost, startWorkload, stopWorkload, workloadLog, type Workload, type WorkloadPlace } from './workload.ts'

/** Lines that a pod has printed, as its own log holds them. */
export interface Printed { environment: EnvironmentName, pod: string, lines: number }

const printing = { purpose: 'kept', image: agnhost, args: ['logs-generator', '--log-lines-total', '5', '--run-duration', '1s'], limits: { cpu: '100m', memory: '64Mi' } } as const satisfies Partial<Workload>

/** Starts a pod that prints a few lines and resolves when its own log holds them. It stays until `stopPrinting`: what a collector has not read yet must not be taken from under it. */
export async function printLines(place: WorkloadPlace, environment: EnvironmentName): Promise<Printed> {
  const pod = await startWorkload(place, { ...printing, environment })
  const text = await workloadLog(place, { ...printing, environment })
  return { environment, pod, lines: text.trim().split('\n').filter((line) => line !== '').length }
}

export async function stopPrinting(place: WorkloadPlace, environment: EnvironmentName): Promise<void> {
  await stopWorkload(place, { ...printing, environment })
}

/** How many lines of the pod the log store holds. Rejects with IndeterminateError when it does not answer. */
export async function storedLines({ platform }: Pick<WorkloadPlace, 'platform'>, { environment, pod }: Printed): Promise<number> {
  return (await logsOn(platform).query(`_time:1h "kubernetes.pod_namespace":="${platform.namespaceOf(environment)}" "kubernetes.pod_name":="${pod}"`, 50)).length
}
