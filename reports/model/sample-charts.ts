import type { Chart } from './chart.ts'
import type { Evidence } from './results.ts'

const start = Date.UTC(2025, 10, 23, 2, 0, 0)

/** One value each 15 s for ten minutes. */
function wave(base: number, height: number): [number, number][] {
  return Array.from({ length: 41 }, (_, index) => [start + index * 15_000, Number((base + height * Math.sin(index / 5)).toFixed(3))])
}

/** Charts for tests and for looking at renderings: each kind, with and without a threshold. */
export const sampleCharts: readonly Chart[] = [
  ...(['development', 'staging'] as const).flatMap((environment): Chart[] => [
    { kind: 'line', title: 'CPU of the container nearest to its limit', unit: '%', group: `Dashboard ${environment}`, series: [{ name: environment, points: wave(40, 30) }], threshold: 90 },
    { kind: 'line', title: 'Memory in use by pod', unit: 'bytes', group: `Dashboard ${environment}`, series: ['sample-service-6d5f7c9b8-x2x7q', 'worker-0'].map((name, index) => ({ name, points: wave(60e6 * (index + 1), 9e6) })) },
  ]),
  { kind: 'histogram', title: 'Latency of the requests of the load', unit: 'ms', group: 'Load', series: [{ name: 'requests', points: [[5, 812], [10, 2204], [25, 911], [50, 120], [100, 31], [500, 4], [1000, 1]] }], threshold: 100 },
  { kind: 'bars', title: 'Ready replicas before and under load', unit: 'replicas', series: [{ name: 'before', points: [[0, 1], [1, 1]] }, { name: 'under load', points: [[0, 4], [1, 3]] }], x: { unit: 'service', labels: ['sample-service', 'service-01'] }, threshold: 4 },
]

export function sampleChartEvidence(at: string): Evidence[] {
  return sampleCharts.map((chart) => ({ kind: 'chart', title: chart.title, at, data: JSON.parse(JSON.stringify(chart)) as NonNullable<Evidence['data']> }))
}
