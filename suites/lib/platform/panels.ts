import type { Chart } from '../../../reports/model/chart.ts'
import { sentenceOf } from '../indeterminate.ts'
import type { Dashboard, Panel, PanelQuery } from './dashboards.ts'
import type { Prometheus, Series, Target } from './prometheus.ts'
import { ServiceRefusal } from './services.ts'

/** What the queries of one panel came to. */
export interface PanelData {
  dashboard: string
  panel: string
  /** Queries that returned no number, or that Prometheus refused, each with why. */
  empty: readonly { expression: string, why: string }[]
  chart: Chart | undefined
}

/** How much of the past a panel is drawn over, seconds; beyond that the drawing says no more. */
const drawn = 1800
const step = 15
/** A panel shows data when its newest number is not older than this, milliseconds. */
const newest = 90_000

/** Grafana's unit as people write it, and what a value is multiplied with for it. */
const units: Readonly<Record<string, readonly [unit: string, factor: number]>> = {
  percentunit: ['%', 100], percent: ['%', 1], bytes: ['bytes', 1], decbytes: ['bytes', 1], s: ['s', 1], ms: ['ms', 1], reqps: ['requests/s', 1], short: ['count', 1], none: ['count', 1],
}

/** Asks every query of every panel, as the dashboard would. Rejects with IndeterminateError when Prometheus does not answer; a query that it refuses is a finding. */
export async function askPanels(prometheus: Prometheus, dashboards: readonly Dashboard[], now = Date.now()): Promise<PanelData[]> {
  const found: PanelData[] = []
  for (const dashboard of dashboards) for (const panel of dashboard.panels) found.push(await askPanel(prometheus, { dashboard, panel, now }))
  return found
}

interface Question { dashboard: Dashboard, panel: Panel, now: number }

async function askPanel(prometheus: Prometheus, { dashboard, panel, now }: Question): Promise<PanelData> {
  const answers = await Promise.all(panel.queries.map((query) => askQuery(prometheus, query, now)))
  const empty = answers.flatMap(({ query, why }) => why === undefined ? [] : [{ expression: query.expression, why }])
  const missing = panel.queries.length === 0 ? [{ expression: '', why: 'it asks for nothing' }] : empty
  return { dashboard: dashboard.name, panel: panel.title, empty: missing, chart: chartOf(dashboard, panel, answers) }
}

interface Answer { query: PanelQuery, series: readonly Series[], why: string | undefined }

async function askQuery(prometheus: Prometheus, query: PanelQuery, now: number): Promise<Answer> {
  try {
    const all = await prometheus.range(query.expression, { from: new Date(now - drawn * 1000), to: new Date(now), stepSeconds: step })
    const series = all.map(({ labels, points }) => ({ labels, points: points.filter(([, value]) => Number.isFinite(value)) })).filter(({ points }) => points.length > 0)
    const last = Math.max(...series.map(({ points }) => (points.at(-1)?.[0] ?? 0) * 1000))
    if (series.length === 0) return { query, series, why: all.length === 0 ? 'it returns no series' : 'it returns nothing that is a number' }
    return { query, series, why: now - last > newest ? `its newest number is ${Math.round((now - last) / 1000)} s old` : undefined }
  }
  catch (error) {
    // 400: not PromQL; 422: it cannot be evaluated. Any other answer says nothing about the query.
    if (error instanceof ServiceRefusal && (error.status === 400 || error.status === 422)) return { query, series: [], why: `Prometheus refuses it: ${sentenceOf(error)}` }
    throw error
  }
}

/** The panel as a chart. A query for a threshold or an objective becomes the chart's threshold when it is one number. */
function chartOf(dashboard: Dashboard, panel: Panel, answers: readonly Answer[]): Chart | undefined {
  const [unit, factor] = units[panel.unit] ?? [panel.unit, 1]
  const limit = answers.find(({ query }) => isLimit(query))
  const level = limit?.series.length === 1 ? limit.series[0]?.points.at(-1)?.[1] : undefined
  const series = answers.filter((answer) => level === undefined || answer !== limit).flatMap(({ query, series: found }) => found.map(({ labels, points }) => ({
    name: nameOf(query.legend, labels), points: points.map(([at, value]): [number, number] => [Math.round(at * 1000), rounded(value * factor)]),
  })))
  if (series.length === 0) return undefined
  return { kind: 'line', group: `Dashboard: ${dashboard.title}`, title: panel.title, unit, series, ...(level === undefined ? {} : { threshold: rounded(level * factor) }) }
}

function isLimit({ expression, legend }: PanelQuery): boolean {
  return /alert_threshold|objective/.test(expression) && /threshold|objective|limit/i.test(legend)
}

function nameOf(legend: string, labels: Readonly<Record<string, string>>): string {
  const named = legend.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, label: string) => labels[label] ?? '').trim()
  if (named !== '') return named
  const rest = Object.entries(labels).filter(([label]) => label !== '__name__').map(([label, value]) => `${label}=${value}`)
  return rest.join(', ') || (labels['__name__'] ?? 'value')
}

function rounded(value: number): number {
  return Number(value.toPrecision(5))
}

/** Sources that Prometheus cannot read now: as long as there is one, a panel without data may be its fault and not the panel's. */
export function silentSources(targets: readonly Target[]): string[] {
  return targets.filter(({ health }) => health !== 'up').map(({ labels, health, lastError }) => `${labels['job'] ?? 'unknown'} (${labels['instance'] ?? ''}) is ${health}${lastError === '' ? '' : `: ${lastError}`}`)
}
