import { describe, expect, it } from 'vitest'
import { chartOf, chartSchema, faultOf, type Chart } from '../../model/chart.ts'
import { sampleCharts } from '../../model/sample-charts.ts'
import { sampleResults } from '../../sealing/sample-publication.ts'
import { chartSvg } from './chart-svg.ts'
import { inWords } from './charts.ts'
import { binaryUnit, clock, measured } from './quantities.ts'
import { renderHtml } from './report.ts'

const html = renderHtml(sampleResults())
const [cpu] = sampleCharts
if (cpu === undefined) throw new Error('the sample has charts')

describe('charts in the report', () => {
  it('are drawn once each, grouped, and their cases point at them', () => {
    expect(html.match(/<svg class="chart" role="img" aria-label="/g)).toHaveLength(sampleCharts.length)
    expect([...html.matchAll(/<h3>(Dashboard \w+|Load|Measurements)<\/h3>/g)].map(([, name]) => name)).toEqual(['Dashboard development', 'Dashboard staging', 'Load', 'Measurements'])
    expect(html.match(/href="#chart-\d+"/g)).toHaveLength(sampleCharts.length)
    expect(html).toContain('<a href="#charts">Dashboards</a>')
  })

  it('carry no script, no rule, no id and no colour of their own: the page decides by day and by night', () => {
    const drawings = [...html.matchAll(/<svg class="chart"[\s\S]*?<\/svg>/g)].map(([drawing]) => drawing)
    for (const drawing of drawings) {
      expect(drawing).not.toMatch(/<style|<script|<defs| id=| class="zr|url\(|ecmeta/)
      expect([...drawing.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map(([, colour]) => colour).filter((colour) => !/^(?:none|var\(--[\w-]+\))$/.test(colour ?? ''))).toEqual([])
    }
  })

  it('show unit, threshold and legend, and say the same in words', () => {
    const figure = /<figure id="chart-1">[\s\S]*?<\/figure>/.exec(html)?.[0] ?? ''
    expect(figure).toContain('CPU of the container nearest to its limit <span class="soft">%</span>')
    expect(figure).toContain('aria-label="CPU of the container nearest to its limit: line chart in %; development from 10.1 % to 70 %; threshold 90 %."')
    expect(figure).toMatch(/stroke="var\(--violated-ground\)"/)
    expect(figure).toContain('</svg> threshold 90 %</li>')
    expect(figure).toContain('<td>development</td><td>41</td><td>02:00:00</td><td>02:10:00</td>')
  })

  it('give each bar its value and tell what lies beyond the threshold', () => {
    const figure = /<figcaption>Latency of the requests of the load[\s\S]*?<\/figure>/.exec(html)?.[0] ?? ''
    expect(figure.match(/fill="var\(--violated-ground\)"/g)).toHaveLength(2)
    expect(figure).toContain('<td>requests</td><td>≤ 100</td><td>31</td>')
    expect(figure).toContain('beyond the threshold 100 ms')
  })

  it('are the same for the same data', () => {
    expect(chartSvg(cpu, 'x')).toBe(chartSvg(cpu, 'x'))
  })

  it('draw a single point, a line without points beside another, and names with markup', () => {
    const at = Date.UTC(2026, 10, 23)
    const odd: Chart = { kind: 'line', title: '<b>', unit: 'cores', series: [{ name: '"><script>', points: [[at, 0.2]] }, { name: 'empty', points: [] }] }
    const drawing = chartSvg(odd, inWords(odd))
    expect(drawing).not.toContain('<script>')
    expect(drawing).not.toMatch(/NaN|Infinity|undefined/)
    expect(inWords(odd)).toBe('<b>: line chart in cores; "><script> from 0.2 cores to 0.2 cores; empty has none.')
  })
})

describe('what is no chart', () => {
  const line = (points: [number, number][]): Chart => ({ kind: 'line', title: 't', unit: 's', series: [{ name: 'a', points }] })
  it('is named: no point, seconds for milliseconds, a number that is none', () => {
    expect(faultOf(cpu)).toBeUndefined()
    expect(faultOf(line([]))).toBe('it has no point')
    expect(faultOf(line([[1_700_000_000, 1]]))).toBe('the points of a line over time begin with milliseconds since 1970; name another quantity in x')
    expect(faultOf({ ...line([[1, 1]]), x: { unit: 'virtual users' } })).toBeUndefined()
    expect(faultOf(line([[Date.now(), NaN]]))).toContain('series.0.points.0.1')
    expect(faultOf({ ...cpu, added: 1 })).toContain('the whole')
  })

  it('is not drawn', () => {
    const at = '2026-11-23T20:00:00.000Z'
    expect(chartOf({ kind: 'chart', title: 't', at, data: { kind: 'pie' } })).toBe('unreadable')
    expect(chartOf({ kind: 'observation', title: 't', at, data: 1 })).toBeUndefined()
    expect(chartSchema.safeParse(chartOf({ kind: 'chart', title: 't', at, data: JSON.parse(JSON.stringify(cpu)) as null })).success).toBe(true)
  })
})

it('quantities read as people write them', () => {
  expect([measured(512 * 1024 * 1024, 'bytes'), measured(0, 'bytes'), measured(93.456, '%'), measured(0.03125, 'cores'), measured(15_000, 'requests'), measured(12, 'ms')])
    .toEqual(['512 MiB', '0 B', '93.5 %', '0.0313 cores', '15k requests', '12 ms'])
  expect([binaryUnit(0), binaryUnit(3e9)]).toEqual([{ divisor: 1, unit: 'B' }, { divisor: 1024 ** 3, unit: 'GiB' }])
  expect(clock(Date.UTC(2026, 10, 23, 20, 1, 15))).toBe('20:01:15')
})
