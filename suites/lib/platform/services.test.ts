import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { IndeterminateError } from '../indeterminate.ts'
import { alertsOn } from './alerts.ts'
import { channelOn } from './channel.ts'
import { logsOn } from './logs.ts'
import type { Platform } from './platform.ts'
import { prometheusOn } from './prometheus.ts'
import { RecordedServices } from './services.fixture.ts'
import { serviceProxy, ServiceRefusal } from './services.ts'

let services: RecordedServices
let platform: Platform
beforeEach(async () => {
  services = new RecordedServices()
  platform = await services.start()
})
afterEach(() => services.stop())

const vector = (...values: [Record<string, string>, string][]) => ({ json: { status: 'success', data: { resultType: 'vector', result: values.map(([metric, value]) => ({ metric, value: [1_700_000_000, value] })) } } })

describe('a service behind the API server', () => {
  const place = { namespace: 'observability', name: 'vmalert', port: 8880 }

  test('is read and posted to; JSON is parsed and text is text', async () => {
    services.answer('vmalert:8880/x', (parameters) => ({ json: parameters }))
    services.answer('vmalert:8880/metrics', { text: 'up 1\nup 2' })
    const proxy = serviceProxy(platform, place)
    expect(await proxy.get('/x', { a: '1 2' })).toEqual({ a: '1 2' })
    expect(await proxy.post('/x', { query: 'a&b' })).toEqual({ query: 'a&b' })
    expect(await proxy.get('/metrics')).toBe('up 1\nup 2')
  })

  test('that does not run or may not be read is undecided, and the sentence says what to do', async () => {
    const proxy = serviceProxy(platform, place)
    services.answer('vmalert:8880/x', { status: 503, json: { kind: 'Status', message: 'no endpoints available for service "vmalert"' } })
    await expect(proxy.get('/x')).rejects.toThrow('expected to read /x of the service observability/vmalert:8880, but the answer was 503 (no endpoints available for service "vmalert"); see whether vmalert runs in namespace observability')
    services.answer('vmalert:8880/x', { status: 403, json: { kind: 'Status', message: 'services "http:vmalert:8880" is forbidden' } })
    await expect(proxy.get('/x')).rejects.toThrow('grant the verifier services/proxy on http:vmalert:8880 in the charts')
    await services.stop()
    const failure: unknown = await proxy.get('/x').catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(IndeterminateError)
    expect(String(failure)).toContain('but there was no answer (')
  })
})

describe('Prometheus', () => {
  test('answers instant queries, scalars and ranges', async () => {
    services.answer('prometheus:9090/api/v1/query', ({ query }) => query === 'scalar(1)'
      ? { json: { status: 'success', data: { resultType: 'scalar', result: [7, '1'] } } }
      : vector([{ environment: 'staging' }, '0.5'], [{}, '+Inf'], [{}, 'NaN']))
    services.answer('prometheus:9090/api/v1/query_range', { json: { status: 'success', data: { resultType: 'matrix', result: [{ metric: { a: 'b' }, values: [[1, '2'], [16, '3']] }] } } })
    const prometheus = prometheusOn(platform)
    expect(await prometheus.query('up', new Date(1_700_000_000_500))).toEqual([
      { labels: { environment: 'staging' }, value: 0.5, at: 1_700_000_000 }, { labels: {}, value: Infinity, at: 1_700_000_000 }, { labels: {}, value: NaN, at: 1_700_000_000 },
    ])
    expect(services.asked.at(-1)?.parameters).toEqual({ query: 'up', time: '1700000000.500' })
    expect(await prometheus.query('scalar(1)')).toEqual([{ labels: {}, value: 1, at: 7 }])
    expect(await prometheus.range('up', { from: new Date(0), to: new Date(30_000), stepSeconds: 15 })).toEqual([{ labels: { a: 'b' }, points: [[1, 2], [16, 3]] }])
    expect(services.asked.at(-1)?.parameters).toEqual({ query: 'up', start: '0.000', end: '30.000', step: '15' })
  })

  test('without a sample is undecided where one must be, and a value that is no number is no sample', async () => {
    services.answer('prometheus:9090/api/v1/query', vector([{}, 'NaN']))
    expect(await prometheusOn(platform).query('a')).toHaveLength(1)
    await expect(prometheusOn(platform).sampled('a', 'the CPU of staging')).rejects.toThrow('expected the CPU of staging, but Prometheus has no sample of a')
  })

  test('that answers without data is undecided; a query that it refuses says so with its words', async () => {
    services.answer('prometheus:9090/api/v1/query', { json: { status: 'success' } })
    await expect(prometheusOn(platform).query('up')).rejects.toThrow(/^expected Prometheus to answer query up with data, but the answer has another shape/)
    services.answer('prometheus:9090/api/v1/query', { status: 400, json: { status: 'error', errorType: 'bad_data', error: 'parse error: unexpected end of input' } })
    const refusal: unknown = await prometheusOn(platform).query('sum(').catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(ServiceRefusal)
    expect(refusal).toMatchObject({ status: 400 })
    expect(String(refusal)).toContain('the answer was 400 (parse error: unexpected end of input)')
  })

  test('lists its targets and rules', async () => {
    services.answer('prometheus:9090/api/v1/targets', { json: { status: 'success', data: { activeTargets: [{ labels: { job: 'prober' }, scrapePool: 'prober', health: 'down', lastError: 'refused', scrapeUrl: 'http://x' }] } } })
    services.answer('prometheus:9090/api/v1/rules', { json: { status: 'success', data: { groups: [{ name: 'alerts', rules: [{ type: 'alerting', name: 'EnvironmentCpuHigh', query: 'a > 1', health: 'ok', duration: 30, labels: { severity: 'warning' }, annotations: { summary: 's' }, state: 'inactive' }, { type: 'recording', name: 'r', query: 'a', health: 'ok' }] }] } } })
    const prometheus = prometheusOn(platform)
    expect(await prometheus.targets()).toMatchObject([{ labels: { job: 'prober' }, health: 'down', lastError: 'refused' }])
    expect((await prometheus.rules()).map(({ group, type, name, duration, labels }) => ({ group, type, name, duration, labels }))).toEqual([
      { group: 'alerts', type: 'alerting', name: 'EnvironmentCpuHigh', duration: 30, labels: { severity: 'warning' } },
      { group: 'alerts', type: 'recording', name: 'r', duration: 0, labels: {} },
    ])
  })
})

describe('the log store', () => {
  test('answers with one record a line, also with one or none', async () => {
    services.answer('victoria-logs:9428/select/logsql/query', ({ query }) => ({ text: query === 'none' ? '' : query === 'one' ? '{"_msg":"a"}\n' : '{"_msg":"a"}\n{"_msg":"b"}\n' }))
    const logs = logsOn(platform)
    expect(await logs.query('two', 5)).toEqual([{ _msg: 'a' }, { _msg: 'b' }])
    expect(services.asked.at(-1)?.parameters).toEqual({ query: 'two', limit: '5' })
    expect(await logs.query('one')).toEqual([{ _msg: 'a' }])
    expect(await logs.query('none')).toEqual([])
  })

  test('that answers with something else is undecided', async () => {
    services.answer('victoria-logs:9428/select/logsql/query', { text: 'maintenance' })
    await expect(logsOn(platform).query('*')).rejects.toThrow('expected the log store to answer * with one record a line, but a line is none')
  })
})

describe('Alertmanager', () => {
  test('tells the active alerts and its routing, with the destinations of each receiver', async () => {
    services.answer('alertmanager:9093/api/v2/alerts', { json: [{ labels: { alertname: 'EnvironmentCpuHigh', environment: 'staging' }, annotations: { summary: 's' }, startsAt: 't', receivers: [{ name: 'channel' }] }] })
    services.answer('alertmanager:9093/api/v2/status', { json: { config: { original: 'route:\n  receiver: channel\n  routes:\n  - matchers: [environment="staging"]\n    receiver: nobody\nreceivers:\n- name: channel\n  slack_configs:\n  - send_resolved: true\n- name: nobody\n' } } })
    const alerts = alertsOn(platform)
    expect(await alerts.active()).toEqual([{ name: 'EnvironmentCpuHigh', labels: { alertname: 'EnvironmentCpuHigh', environment: 'staging' }, annotations: { summary: 's' }, startsAt: 't', receivers: ['channel'] }])
    expect(await alerts.routing()).toEqual({
      route: { receiver: 'channel', matchers: [], continue: false, routes: [{ receiver: 'nobody', matchers: ['environment="staging"'], continue: false, routes: [] }] },
      receivers: [{ name: 'channel', destinations: { slack_configs: 1 } }, { name: 'nobody', destinations: {} }],
    })
  })

  test('whose configuration cannot be read is undecided', async () => {
    services.answer('alertmanager:9093/api/v2/status', { json: { config: { original: 'a: [' } } })
    await expect(alertsOn(platform).routing()).rejects.toThrow('expected Alertmanager to answer with its configuration, but the answer has another shape')
  })
})

describe('the platform channel', () => {
  test('gives the messages since a time, oldest first', async () => {
    const message = (at: string) => ({ at, text: at, payload: {} })
    services.answer('messages', { json: ['2026-11-23T20:00:02.000Z', '2026-11-23T20:00:01.000Z', '2026-11-23T19:59:59.000Z'].map(message) })
    const messages = await channelOn(platform).messages(new Date('2026-11-23T20:00:00.000Z'))
    expect(messages.map(({ text }) => text)).toEqual(['2026-11-23T20:00:01.000Z', '2026-11-23T20:00:02.000Z'])
    expect(services.asked.at(-1)?.parameters).toEqual({ since: '2026-11-23T20:00:00.000Z' })
  })

  test('that is unknown, silent or damaged is undecided', async () => {
    await expect(channelOn({ channel: undefined }).messages(new Date())).rejects.toThrow('expected to read the platform channel back, but this run was not told where')
    services.answer('messages', { json: { messages: [] } })
    await expect(channelOn(platform).messages(new Date())).rejects.toThrow('expected the platform channel to answer with its messages')
    services.answer('messages', { status: 500, text: '' })
    await expect(channelOn(platform).messages(new Date())).rejects.toThrow('but the answer was 500; see whether it runs')
    await services.stop()
    await expect(channelOn(platform).messages(new Date())).rejects.toThrow(IndeterminateError)
  })
})
