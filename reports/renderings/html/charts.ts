import { chartOf, type Chart } from '../../model/chart.ts'
import type { CaseResult } from '../../model/results.ts'
import { chartSvg, lookOf, placeName, thresholdColour } from './chart-svg.ts'
import { clock, measured } from './quantities.ts'
import { escaped } from './words.ts'

/** Where charts stand that name no group. */
const ungrouped = 'Measurements'

/** A chart with the place that it is drawn at. */
export interface PlacedChart {
  readonly chart: Chart
  readonly anchor: string
  readonly one: CaseResult
}

/** Every chart of a run, in the order of its cases. */
export function chartsOf(cases: readonly CaseResult[]): readonly PlacedChart[] {
  const charts = cases.flatMap((one) => one.evidence.flatMap((evidence) => {
    const chart = chartOf(evidence)
    return chart === undefined || chart === 'unreadable' ? [] : [{ chart, one }]
  }))
  return charts.map((placed, index) => ({ ...placed, anchor: `chart-${index + 1}` }))
}

/** The charts by group, as the page shows them. */
export function chartGroups(charts: readonly PlacedChart[]) {
  return [...Map.groupBy(charts, ({ chart }) => chart.group ?? ungrouped)].map(([name, members]) => ({ name, figures: members.map(figureOf) }))
}

function figureOf({ chart, anchor, one }: PlacedChart) {
  const words = inWords(chart)
  return { anchor, title: chart.title, unit: chart.unit, caseId: one.id, words, legend: legendOf(chart), svg: chartSvg(chart, words), table: tableOf(chart) }
}

/** What the drawing shows, for whoever cannot see it. */
export function inWords(chart: Chart): string {
  const kinds = { line: 'line chart', histogram: 'histogram', bars: 'bar chart' }
  const shown = chart.series.slice(0, 8)
  const said = shown.map(({ name, points }) => {
    if (points.length === 0) return `${name} has none`
    const values = points.map(([, value]) => value)
    const unit = chart.kind === 'histogram' ? '' : chart.unit
    return `${name} from ${measured(Math.min(...values), unit).trim()} to ${measured(Math.max(...values), unit).trim()}`
  })
  const more = chart.series.length > shown.length ? `; ${chart.series.length - shown.length} more series` : ''
  const limit = chart.threshold === undefined ? '' : `; threshold ${measured(chart.threshold, chart.unit)}`
  return `${chart.title}: ${kinds[chart.kind]} in ${chart.unit}; ${said.join('; ')}${more}${limit}.`
}

function legendOf(chart: Chart) {
  const entries = chart.series.map(({ name }, index) => ({ name, ...lookOf(index) }))
  const limit = chart.threshold === undefined ? [] : [{ name: `${chart.kind === 'histogram' ? 'beyond the threshold' : 'threshold'} ${measured(chart.threshold, chart.unit)}`, colour: thresholdColour, dash: '5 4' }]
  return [...entries, ...limit].map(({ name, colour, dash }) => ({
    name,
    svg: chart.kind === 'line' || (dash === '5 4' && chart.kind === 'bars')
      ? `<path d="M1 6h22" style="stroke:${colour};${dash === '' ? '' : `stroke-dasharray:${escaped(dash)};`}stroke-width:2.5;fill:none"/>`
      : `<rect x="5" y="1" width="10" height="10" style="fill:${colour}"/>`,
  }))
}

/** The numbers behind the drawing: of a line its range, of bars every one. All points are in results.json. */
function tableOf(chart: Chart): { readonly head: readonly string[], readonly rows: readonly (readonly string[])[] } {
  if (chart.kind !== 'line') {
    return {
      head: ['Series', chart.kind === 'histogram' ? 'Bucket' : 'Bar', chart.kind === 'histogram' ? 'How many' : `Value (${chart.unit})`],
      rows: chart.series.flatMap(({ name, points }) => points.map(([place, value]) => [name, placeName(chart, place), measured(value, chart.kind === 'histogram' ? '' : chart.unit).trim()])),
    }
  }
  return {
    head: ['Series', 'Points', 'From', 'To', 'Least', 'Greatest', 'Last'],
    rows: chart.series.map(({ name, points }) => {
      const values = points.map(([, value]) => value)
      const place = (at: number | undefined) => at === undefined ? '' : chart.x === undefined ? clock(at) : measured(at, chart.x.unit)
      const value = (one: number | undefined) => one === undefined || !Number.isFinite(one) ? 'none' : measured(one, chart.unit)
      return [name, String(points.length), place(points[0]?.[0]), place(points.at(-1)?.[0]), value(Math.min(...values)), value(Math.max(...values)), value(values.at(-1))]
    }),
  }
}
