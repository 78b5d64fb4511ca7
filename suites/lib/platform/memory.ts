import { decodeTime } from 'ulid'
import type { Chart } from '../../../reports/model/chart.ts'
import { environmentNames } from '../../intent/environments.ts'
import { IndeterminateError } from '../indeterminate.ts'
import type { Platform } from './platform.ts'
import { prometheusOn, type Series } from './prometheus.ts'

export interface PlatformMemory {
  chart: Chart
  /** Most of the sum over all namespaces at one time. */
  peakBytes: number
  byNamespace: Record<string, number>
  /** Namespaces of the platform that nothing is known of. */
  missing: string[]
}

const expected = [...environmentNames, 'kube-system', 'observability', 'ingress', 'sealed-secrets', 'audit', 'overrides']
const step = 15

/** Working sets of all containers by namespace since the run began. Rejects with IndeterminateError when Prometheus has none. */
export async function platformMemory(platform: Pick<Platform, 'cluster'>, runId: string): Promise<PlatformMemory> {
  const to = new Date()
  // A run that has just begun has not been scraped yet.
  const from = new Date(Math.min(decodeTime(runId), to.getTime() - 4 * step * 1000))
  const series = await prometheusOn(platform).range('sum by (namespace) (container_memory_working_set_bytes{container!="", namespace!=""})', { from, to, stepSeconds: step })
  if (series.length === 0) throw new IndeterminateError('expected the working sets of the platform\'s containers, but Prometheus has none since the run began')
  const named = series.map((one) => ({ name: one.labels['namespace'] ?? '', one })).sort((a, b) => mostOf(b.one) - mostOf(a.one))
  return {
    chart: { kind: 'line', group: 'Platform', title: 'Memory in use since the run began, by namespace', unit: 'bytes', series: named.map(({ name, one }) => ({ name, points: one.points.map(([at, value]): [number, number] => [at * 1000, value]) })) },
    peakBytes: peakOf(series),
    byNamespace: Object.fromEntries(named.map(({ name, one }) => [name, mostOf(one)])),
    missing: expected.filter((namespace) => !named.some(({ name }) => name === namespace)),
  }
}

function mostOf({ points }: Series): number {
  return Math.max(0, ...points.map(([, value]) => value))
}

/** Most of the sum over all series at one time: not the sum of what each had at most. */
export function peakOf(series: readonly Series[]): number {
  const sums = new Map<number, number>()
  for (const { points } of series) for (const [at, value] of points) sums.set(at, (sums.get(at) ?? 0) + value)
  return Math.max(0, ...sums.values())
}
