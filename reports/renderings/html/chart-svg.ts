import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import { init, use, type EChartsCoreOption } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import type { Chart } from '../../model/chart.ts'
import { seriesColours } from './palette.ts'
import { binaryUnit, clock, quantity } from './quantities.ts'
import { escaped } from './words.ts'

use([LineChart, BarChart, GridComponent, SVGRenderer])

/** Pixels; the page scales the drawing to its column. */
const size = { width: 440, height: 220 }
/** Beside colour each line has its own stroke, so that colour is never alone. */
const strokes = ['solid', [7, 3], [2, 3], [9, 3, 2, 3]] as const
const softText = { color: 'var(--soft)', fontSize: 11, fontFamily: 'system-ui, sans-serif' }

/** How one series is drawn, also for the legend. */
export function lookOf(index: number): { colour: string, dash: string } {
  const stroke = strokes[index % strokes.length] ?? 'solid'
  return { colour: `var(--series-${index % seriesColours})`, dash: stroke === 'solid' ? '' : stroke.join(' ') }
}

/** The colour of what lies beyond a threshold, and of the threshold itself. */
export const thresholdColour = 'var(--violated-ground)'

/** The chart as an SVG drawing that needs nothing from outside and runs nothing; its colours are the page's. `alternative` says the same in words. */
export function chartSvg(given: Chart, alternative: string): string {
  const chart = inWholePrefixes(given)
  const drawing = init(null, null, { renderer: 'svg', ssr: true, ...size })
  try {
    drawing.setOption({ animation: false, useUTC: true, textStyle: { fontFamily: 'system-ui, sans-serif' }, ...(chart.kind === 'line' ? lineOption(chart) : barOption(chart)) })
    return stripped(drawing.renderToSVGString(), alternative)
  } finally {
    drawing.dispose()
  }
}

/** Bytes of a line or of bars in the prefix of the largest, so that the axis has round numbers. */
function inWholePrefixes(chart: Chart): Chart {
  if (chart.unit !== 'bytes' || chart.kind === 'histogram') return chart
  const { divisor, unit } = binaryUnit(Math.max(chart.threshold ?? 0, ...chart.series.flatMap(({ points }) => points.map(([, value]) => Math.abs(value)))))
  const series = chart.series.map((one) => ({ ...one, points: one.points.map(([place, value]): [number, number] => [place, value / divisor]) }))
  return { ...chart, unit, series, ...(chart.threshold === undefined ? {} : { threshold: chart.threshold / divisor }) }
}

/** Of what the renderer writes only shapes and texts stay: its ids and rules would collide with those of the next drawing. */
function stripped(svg: string, alternative: string): string {
  const inner = svg.replace(/^<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '')
    .replace(/<style[\s\S]*?<\/style>/g, '').replace(/<defs[\s\S]*?<\/defs>/g, '')
    .replace(/ (?:class|pointer-events|clip-path|ecmeta_\w+)="[^"]*"/g, '').replace(/^<rect[^>]*fill="none"><\/rect>$/m, '').replace(/\n{2,}/g, '\n')
  return `<svg class="chart" role="img" aria-label="${escaped(alternative)}" viewBox="0 0 ${size.width} ${size.height}" xmlns="http://www.w3.org/2000/svg">${inner.trim()}</svg>`
}

const grid = { left: 4, right: 14, top: 26, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' }

function valueAxis(name: string, label: (value: number) => string): EChartsCoreOption {
  return {
    // What is counted in percent of a whole has no more than that, and the scale shows it.
    ...(name === '%' ? { max: ({ max }: { max: number }) => (max <= 100 ? 100 : null) } : {}),
    type: 'value', name, nameTextStyle: { ...softText, align: 'left' }, nameGap: 10, splitNumber: name === '%' ? 5 : 4,
    axisLabel: { ...softText, formatter: label }, splitLine: { lineStyle: { color: 'var(--line)' } },
  }
}

function lineOption({ unit, series, threshold, x }: Chart): EChartsCoreOption {
  const places = series.flatMap(({ points }) => points.map(([at]) => at))
  // One single instant still needs an axis with a length.
  const [first, last] = [Math.min(...places), Math.max(...places)]
  const [from, to] = first === last ? [first - 30_000, last + 30_000] : [first, last]
  const line = (data: readonly (readonly [number, number])[], style: object, alone: boolean) =>
    ({ type: 'line', data, silent: true, clip: false, showSymbol: alone, symbol: 'circle', symbolSize: 5, emphasis: { disabled: true }, ...style })
  const axis = x === undefined ? { type: 'time', min: from, max: to, splitNumber: 3 } : { type: 'value', min: first, max: last, name: x.unit, nameLocation: 'middle', nameGap: 22, nameTextStyle: softText }
  return {
    grid: x === undefined ? grid : { ...grid, bottom: 22 },
    xAxis: { ...axis, axisLabel: { ...softText, hideOverlap: true, ...(x === undefined ? { formatter: clock } : {}) }, axisLine: { lineStyle: { color: 'var(--line)' } }, axisTick: { show: false }, splitLine: { show: false } },
    yAxis: valueAxis(unit, (value) => quantity(value, unit)),
    series: [
      ...series.map(({ points }, index) => {
        const { colour } = lookOf(index)
        return line(points, { lineStyle: { color: colour, width: 2, type: strokes[index % strokes.length] }, itemStyle: { color: colour } }, points.length === 1)
      }),
      ...(threshold === undefined ? [] : [line([[from, threshold], [to, threshold]], { lineStyle: { color: thresholdColour, width: 1.5, type: [5, 4] }, itemStyle: { color: thresholdColour } }, false)]),
    ],
  }
}

function barOption(chart: Chart): EChartsCoreOption {
  const { kind, unit, series, threshold } = chart
  const places = [...new Set(series.flatMap(({ points }) => points.map(([place]) => place)))].toSorted((a, b) => a - b)
  const bars = series.map(({ points }, index) => ({
    type: 'bar', silent: true, clip: false, barMaxWidth: 34, emphasis: { disabled: true },
    data: places.map((place) => {
      const value = points.find(([at]) => at === place)?.[1] ?? null
      const beyond = threshold !== undefined && (kind === 'histogram' ? place > threshold : false)
      return { value, itemStyle: { color: beyond ? thresholdColour : lookOf(index).colour } }
    }),
  }))
  const limit = { type: 'line', silent: true, clip: false, showSymbol: places.length === 1, emphasis: { disabled: true }, data: places.map(() => threshold), lineStyle: { color: thresholdColour, width: 1.5, type: [5, 4] }, itemStyle: { color: thresholdColour } }
  return {
    grid,
    xAxis: {
      type: 'category', data: places.map((place) => placeName(chart, place)), axisLine: { lineStyle: { color: 'var(--line)' } }, axisTick: { show: false },
      axisLabel: { ...softText, hideOverlap: true },
    },
    yAxis: kind === 'histogram' ? valueAxis('how many', (value) => quantity(value, '')) : valueAxis(unit, (value) => quantity(value, unit)),
    series: [...bars, ...(kind === 'bars' && threshold !== undefined ? [limit] : [])],
  }
}

/** What stands below a bar, and in the table. */
export function placeName({ kind, unit, x }: Chart, place: number): string {
  return kind === 'histogram' ? `≤ ${quantity(place, unit)}` : x?.labels?.[place] ?? String(place)
}
