import { environmentNames } from '../../intent/environments.ts'
import { nodeHealth, signals, type Signal } from '../../intent/signals.ts'
import type { Prometheus, Sample } from './prometheus.ts'

/** How a signal arrives from one environment. */
export interface ArrivedSignal {
  environment: string
  what: string
  metric: string
  /** Series that come from the environment and say so. */
  tagged: number
  /** Series that come from it by what their source says, and carry another tag or none. */
  mistagged: readonly string[]
}

/** Every signal of every environment: what its source says it comes from, beside the tag that it carries. */
export async function readSignals(prometheus: Prometheus): Promise<ArrivedSignal[]> {
  const found = await Promise.all(signals.map(async (signal) => arrivedOf(signal, await prometheus.query(`count by (${signal.origin}, environment) (${signal.metric})`))))
  const [nodes, sources] = await Promise.all([prometheus.query(nodeHealth.metric), prometheus.query(`count(${nodeHealth.source})`)])
  const derived = environmentNames.map((environment): ArrivedSignal => {
    const tagged = nodes.filter(({ labels, value }) => labels['environment'] === environment && !Number.isNaN(value)).length
    const lost = tagged === 0 && sources.length > 0 ? [`the nodes' own series ${nodeHealth.source} are there, and none is brought together with ${environment}`] : []
    return { environment, what: nodeHealth.what, metric: nodeHealth.metric, tagged, mistagged: lost }
  })
  return [...found.flat(), ...derived]
}

export function arrivedOf({ what, metric, origin }: Signal, counts: readonly Sample[]): ArrivedSignal[] {
  return environmentNames.map((environment) => {
    const own = counts.filter(({ labels }) => comesFrom(labels[origin] ?? '', environment, origin))
    const right = own.filter(({ labels }) => labels['environment'] === environment)
    const wrong = own.filter(({ labels }) => labels['environment'] !== environment)
    return {
      environment, what, metric,
      tagged: right.reduce((sum, { value }) => sum + value, 0),
      mistagged: wrong.map(({ labels, value }) => `${value} series of ${origin} ${labels[origin] ?? ''} ${labels['environment'] === undefined ? 'without a tag' : `with the tag ${labels['environment']}`}`),
    }
  })
}

function comesFrom(origin: string, environment: string, kind: Signal['origin']): boolean {
  return kind === 'namespace' ? origin === environment : origin.startsWith(`${environment}-`)
}
