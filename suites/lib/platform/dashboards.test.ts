import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { refreshSeconds } from '../../intent/dashboards.ts'
import { parseDashboard, type Dashboard } from './dashboards.ts'
import { askPanels, silentSources } from './panels.ts'
import { prometheusOn } from './prometheus.ts'
import { RecordedServices } from './services.fixture.ts'
import type { Platform } from './platform.ts'

describe('a dashboard', () => {
  test('is read with the panels of its collapsed rows, without what shows no data, its own variables filled in', () => {
    const panel = (title: string, expr: string, more = {}) => ({ type: 'timeseries', title, targets: [{ expr, legendFormat: '{{pod}}' }], ...more })
    const json = JSON.stringify({
      title: 'Environment: staging', refresh: '15s', panels: [
        panel('CPU', 'rate(a[$__rate_interval])', { fieldConfig: { defaults: { unit: 'percentunit' } } }),
        { type: 'text', title: 'Read me' },
        { type: 'row', title: 'More', panels: [panel('Memory', 'b', { targets: [{ expr: 'b' }, { expr: 'c', hide: true }] })] },
      ],
    })
    expect(parseDashboard('staging', json)).toEqual({
      name: 'staging', title: 'Environment: staging', refresh: '15s', panels: [
        { title: 'CPU', unit: 'percentunit', queries: [{ expression: 'rate(a[1m])', legend: '{{pod}}' }] },
        { title: 'Memory', unit: 'short', queries: [{ expression: 'b', legend: '' }] },
      ],
    })
  })

  test('that is none is undecided', () => {
    expect(() => parseDashboard('staging', '{"title":1}')).toThrow('expected the dashboard of staging to be a Grafana dashboard, but title is wrong')
    expect(() => parseDashboard('staging', 'x')).toThrow('the whole is wrong')
  })

  test('refreshes by a time that can be compared', () => {
    expect(['15s', '1m', '5m', '', '-1s', 'auto'].map(refreshSeconds)).toEqual([15, 60, 300, undefined, undefined, undefined])
  })
})

describe('the panels of a dashboard', () => {
  const now = Date.UTC(2026, 10, 23, 20)
  const dashboard = (...expressions: [string, string][]): Dashboard => ({ name: 'staging', title: 'Environment: staging', refresh: '15s', panels: [{ title: 'CPU', unit: 'percentunit', queries: expressions.map(([expression, legend]) => ({ expression, legend })) }] })
  const series = (metric: Record<string, string>, ...values: [number, string][]) => ({ metric, values: values.map(([ago, value]) => [now / 1000 - ago, value]) })
  let services: RecordedServices
  let platform: Platform
  beforeEach(async () => {
    services = new RecordedServices()
    platform = await services.start()
    services.answer('prometheus:9090/api/v1/query_range', ({ query = '' }) => {
      if (query === 'broken(') return { status: 400, json: { status: 'error', error: 'parse error' } }
      const result: Record<string, object[]> = {
        cpu: [series({ pod: 'a' }, [15, '0.5'], [0, '0.51234567']), series({ pod: 'b' }, [15, 'NaN'], [0, 'NaN'])],
        'environment:alert_threshold': [series({}, [0, '0.9'])],
        nan: [series({}, [0, 'NaN'])],
        old: [series({}, [300, '1'])],
      }
      return query === 'dead' ? { status: 503, text: 'no endpoints available' } : { json: { status: 'success', data: { resultType: 'matrix', result: result[query] ?? [] } } }
    })
  })
  afterEach(() => services.stop())

  test('become charts with the threshold that they ask for', async () => {
    const [data] = await askPanels(prometheusOn(platform), [dashboard(['cpu', 'pod {{pod}}'], ['environment:alert_threshold', 'threshold'])], now)
    expect(data).toEqual({
      dashboard: 'staging', panel: 'CPU', empty: [],
      chart: { kind: 'line', group: 'Dashboard: Environment: staging', title: 'CPU', unit: '%', threshold: 90, series: [{ name: 'pod a', points: [[now - 15_000, 50], [now, 51.235]] }] },
    })
  })

  test('that return nothing, no number, something old, or are no query are found', async () => {
    const found = await askPanels(prometheusOn(platform), [dashboard(['absent', ''], ['nan', ''], ['old', ''], ['broken(', '']), dashboard()], now)
    expect(found[0]?.empty.map(({ why }) => why)).toEqual(['it returns no series', 'it returns nothing that is a number', 'its newest number is 300 s old', expect.stringContaining('Prometheus refuses it: expected to read /api/v1/query_range')])
    expect(found[1]?.empty).toEqual([{ expression: '', why: 'it asks for nothing' }])
    expect(found[1]?.chart).toBeUndefined()
  })

  test('are undecided when Prometheus does not answer', async () => {
    await expect(askPanels(prometheusOn(platform), [dashboard(['dead', ''])], now)).rejects.toThrow('see whether prometheus runs in namespace observability')
  })

  test('may be empty because of a source that is silent', () => {
    const target = { scrapePool: '', scrapeUrl: '', lastScrape: '' }
    expect(silentSources([
      { ...target, labels: { job: 'cadvisor', instance: 'n1' }, health: 'down', lastError: 'refused' }, { ...target, labels: { job: 'dns' }, health: 'up', lastError: '' },
    ])).toEqual(['cadvisor (n1) is down: refused'])
  })
})
