import type { EnvironmentName } from '../../intent/environments.ts'
import { budgets } from '../budgets.ts'
import { converge } from '../converge.ts'
import { logsOn } from '../platform/logs.ts'
import { agnhost, startWorkload, stopWorkload, workloadLog, type Workload, type WorkloadPlace } from './workload.ts'

/** What became of the lines of one pod that was started to print some. */
export interface PrintedLines {
  environment: EnvironmentName
  pod: string
  /** Lines that its own log holds. */
  printed: number
  /** Lines of it that the log store holds. */
  stored: number
  /** Source and environment that those are tagged with, each combination once. */
  tags: string[]
  /** From the first look at the store until the lines were there. */
  seconds: number
}

const lines = 5

/** Starts a pod that prints a few lines, and looks for them in the log store until they are there. Whoever asks compares with what the pod's own log holds. */
export async function findLines(place: WorkloadPlace, environment: EnvironmentName): Promise<PrintedLines> {
  const workload: Workload = {
    environment, purpose: 'print', image: agnhost, args: ['logs-generator', '--log-lines-total', String(lines), '--run-duration', '1s'], limits: { cpu: '100m', memory: '64Mi' },
  }
  try {
    const pod = await startWorkload(place, workload)
    const printed = (await workloadLog(place, workload)).trim().split('\n').filter((line) => line !== '').length
    const logs = logsOn(place.platform)
    const namespace = place.platform.namespaceOf(environment)
    const look = () => logs.query(`_time:10m "kubernetes.pod_namespace":="${namespace}" "kubernetes.pod_name":="${pod}"`, 50)
    const { value, milliseconds } = await converge(look, budgets.logArrives, { consecutive: 1, every: 500, until: (found) => found.length > 0 })
    const tags = [...new Set(value.map((record) => `${record['source'] ?? 'no source'} ${record['environment'] ?? 'no environment'}`))]
    return { environment, pod, printed, stored: value.length, tags, seconds: milliseconds / 1000 }
  }
  finally {
    await stopWorkload(place, workload)
  }
}
