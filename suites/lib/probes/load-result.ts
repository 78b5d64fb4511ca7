import { z } from 'zod'
import type { Chart } from '../../../reports/model/chart.ts'
import type { LoadProfile } from '../../intent/load.ts'
import { IndeterminateError } from '../indeterminate.ts'

/** Begins the one line of k6's output that is its result. */
export const marker = 'plumbline-load '

/** Upper bounds of the latency histogram, milliseconds; the last bucket has none. */
export const bounds = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500] as const

export interface LoadResult {
  requests: number
  failed: number
  /** Requests that the generator could not start in time: it was the bottleneck, not what it loads. */
  notStarted: number
  latency: { median: number, p95: number, p99: number, max: number }
  /** [upper bound in milliseconds, requests]; the last bound is the slowest answer when that is beyond them all. */
  histogram: [number, number][]
  /** Answers by the first digit of their status; 0 is no answer. */
  answers: Record<string, number>
  /** Sentences about the thresholds that did not hold. */
  missed: string[]
}

const metricSchema = z.looseObject({ values: z.record(z.string(), z.number()) })
const metricsSchema = z.record(z.string(), metricSchema)

/** Reads what k6 printed. Throws IndeterminateError when there is no result or nothing was sent: no sample is no measurement. */
export function readLoad(output: string, profile: LoadProfile): LoadResult {
  const line = output.split('\n').find((one) => one.startsWith(marker))
  if (line === undefined) throw new IndeterminateError(`expected the load "${profile.name}" to end with a result, but k6 printed none: ${output.trim().split('\n').at(-1)?.slice(0, 300) ?? ''}`)
  const metrics = metricsSchema.parse(JSON.parse(line.slice(marker.length)))
  const value = (metric: string, statistic: string): number => metrics[metric]?.values[statistic] ?? 0
  const requests = value('http_reqs', 'count')
  const notStarted = value('dropped_iterations', 'count')
  if (requests === 0) throw new IndeterminateError(`expected samples of the load "${profile.name}", but k6 sent no request: nothing was measured`)
  if (notStarted > requests / 10) throw new IndeterminateError(`expected the load "${profile.name}" of ${profile.rate} requests a second, but k6 could not start ${notStarted} requests in time: the measurement is of the generator`)
  const latency = {
    median: value('http_req_duration', 'med'), p95: value('http_req_duration', 'p(95)'), p99: value('http_req_duration', 'p(99)'), max: value('http_req_duration', 'max'),
  }
  const failed = Math.round(value('http_req_failed', 'rate') * requests)
  const beyond = value('latency_beyond', 'count')
  return {
    requests,
    failed,
    notStarted,
    latency,
    histogram: [...bounds.map((bound): [number, number] => [bound, value(`latency_at_most_${bound}`, 'count')]), ...beyond === 0 ? [] : [[Math.ceil(latency.max), beyond] satisfies [number, number]]],
    answers: Object.fromEntries([0, 1, 2, 3, 4, 5].map((digit) => [String(digit), value(`answers_${digit}`, 'count')])),
    missed: missedBy(profile, { requests, failed, p95: latency.p95 }),
  }
}

function missedBy({ name, requirement, thresholds }: LoadProfile, { requests, failed, p95 }: { requests: number, failed: number, p95: number }): string[] {
  const percent = failed / requests * 100
  return [
    ...p95 <= thresholds.p95Milliseconds ? [] : [`expected 95 of 100 requests of the load "${name}" within ${thresholds.p95Milliseconds} ms (${requirement}), but it was ${p95.toFixed(1)} ms`],
    ...percent <= thresholds.failedPercent ? [] : [`expected at most ${thresholds.failedPercent} % of the requests of the load "${name}" to fail (${requirement}), but ${failed} of ${requests} did (${percent.toFixed(1)} %)`],
  ]
}

/** The latency histograms of one profile, and how the requests were answered. */
export function loadCharts(profile: LoadProfile, results: ReadonlyMap<string, LoadResult>): Chart[] {
  const group = `Load: ${profile.name}`
  const outcomes = ['2', '3', '4', '5', '0']
  return [
    {
      kind: 'histogram', group, title: `Latency under the load ${profile.name}`, unit: 'ms', threshold: profile.thresholds.p95Milliseconds,
      series: [...results].map(([name, { histogram }]) => ({ name, points: histogram })),
    },
    {
      kind: 'bars', group, title: `Answers under the load ${profile.name}`, unit: 'requests', x: { unit: 'status', labels: ['2xx', '3xx', '4xx', '5xx', 'none'] },
      series: [...results].map(([name, { answers }]) => ({ name, points: outcomes.map((digit, index): [number, number] => [index, answers[digit] ?? 0]) })),
    },
  ]
}
