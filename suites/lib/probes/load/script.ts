// Runs in k6, in a pod of the run: what it does is said by the environment variable LOAD (suites/lib/probes/k6.ts).
import http from 'k6/http'
import { Counter } from 'k6/metrics'
import type { Options } from 'k6/options'

interface Load {
  rate: number
  seconds: number
  thresholds: { p95Milliseconds: number, failedPercent: number }
  targets: string[]
  /** Addresses of host names, for names that no DNS server knows. */
  hosts: Record<string, string>
  /** Upper bounds of the latency histogram, milliseconds. */
  bounds: number[]
  marker: string
}

const load = JSON.parse(__ENV['LOAD'] ?? '{}') as Load
const atMost = load.bounds.map((bound) => new Counter(`latency_at_most_${bound}`))
const beyond = new Counter('latency_beyond')
// By the first digit of the status; 0 is no answer.
const answers = [0, 1, 2, 3, 4, 5].map((digit) => new Counter(`answers_${digit}`))

export const options: Options = {
  scenarios: {
    load: {
      executor: 'constant-arrival-rate', rate: load.rate, timeUnit: '1s', duration: `${load.seconds}s`, preAllocatedVUs: Math.ceil(load.rate / 4), maxVUs: load.rate,
    },
  },
  thresholds: {
    http_req_duration: [`p(95)<=${load.thresholds.p95Milliseconds}`],
    http_req_failed: [`rate<=${load.thresholds.failedPercent / 100}`],
  },
  hosts: load.hosts,
  discardResponseBodies: true,
  summaryTrendStats: ['min', 'med', 'p(95)', 'p(99)', 'max'],
}

export default function request(): void {
  const target = load.targets[Math.floor(Math.random() * load.targets.length)] ?? ''
  const response = http.get(target)
  const bucket = load.bounds.findIndex((bound) => response.timings.duration <= bound)
  const counter = bucket === -1 ? beyond : atMost[bucket]
  counter?.add(1)
  answers[Math.floor(response.status / 100)]?.add(1)
}

export function handleSummary(summary: { metrics: unknown }): { stdout: string } {
  return { stdout: `\n${load.marker}${JSON.stringify(summary.metrics)}\n` }
}
