import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { alertThresholds, environmentThresholds } from '../../intent/thresholds.ts'
import { disagreements, readProbes } from './availability.ts'
import { peakOf } from './memory.ts'
import type { Platform } from './platform.ts'
import { prometheusOn, type Rule } from './prometheus.ts'
import { readAges } from './sample-age.ts'
import { RecordedServices } from './services.fixture.ts'
import { thresholdFaults } from './thresholds.ts'

let services: RecordedServices
let platform: Platform
beforeEach(async () => {
  services = new RecordedServices()
  platform = await services.start()
})
afterEach(() => services.stop())

const answer = (resultType: string, result: object[]) => ({ json: { status: 'success', data: { resultType, result } } })

describe('probes that Prometheus keeps', () => {
  const now = Date.UTC(2026, 10, 23, 20)
  const at = now / 1000 - 20
  const api = { service: 'api-server', environment: 'staging', vantage: 'inside' }
  const outside = { ...api, vantage: 'outside' }
  // 41 slots of 15 s until `at`; inside has a gap of 4 and one failure, outside saw all.
  const first = at - 600
  function history(ratio: string) {
    services.answer('prometheus:9090/api/v1/query', ({ query = '' }) => {
      if (query.startsWith('count_over_time')) return answer('vector', [{ metric: api, value: [at, '37'] }, { metric: outside, value: [at, '41'] }])
      if (query.startsWith('sum_over_time')) return answer('vector', [{ metric: api, value: [at, '36'] }, { metric: outside, value: [at, '41'] }])
      if (query === 'slo:availability:ratio') return answer('vector', [{ metric: { service: 'api-server', environment: 'staging' }, value: [at, ratio] }])
      if (query === 'slo:prober_up') return answer('vector', [{ metric: { vantage: 'inside' }, value: [at, '1'] }, { metric: { vantage: 'outside' }, value: [at, '0'] }])
      return answer('matrix', [api, outside].map((metric) => ({ metric, values: [[first, '1'], [first + 15, '1']] })))
    })
    services.answer('prometheus:9090/api/v1/query_range', answer('matrix', [api, outside].map((metric) => ({ metric, values: [[first + 100, '1']] }))))
  }

  test('are counted apart from the rule; where no sample is, nobody looked', async () => {
    history('0.973')
    const { records, alive, recorded } = await readProbes(prometheusOn(platform), now)
    expect(records).toEqual([
      { ...api, windowSeconds: 600, counts: { up: 36, down: 1, unknown: 4 } }, { ...outside, windowSeconds: 600, counts: { up: 41, down: 0, unknown: 0 } },
    ])
    expect(alive).toEqual(['inside'])
    expect(disagreements({ records, recorded })).toEqual([])
  })

  test('contradict a rule that says something else', async () => {
    history('1')
    const { records } = await readProbes(prometheusOn(platform), now)
    expect(disagreements({ records, recorded: new Map([['api-server staging', 0.5]]) })).toEqual(['expected the recorded availability of api-server staging to be what its 37 probes come to, 97.297 %, but the rule says 50.000 %'])
  })
})

describe('thresholds', () => {
  const configured = environmentThresholds.map(({ alert, environment, value }) => ({ alert, environment, value }))
  const rules = alertThresholds.map(({ alert, measure, direction }): Rule => ({
    type: 'alerting', name: alert, query: `${measure} ${direction === 'above' ? '>' : '<'} on (environment) environment:alert_threshold{alert="${alert}"}`,
    health: 'ok', lastError: '', duration: 30, labels: {}, annotations: {}, state: '', group: 'alerts',
  }))

  test('that are the documented ones are faultless', () => {
    expect(thresholdFaults(configured, rules)).toEqual([])
  })

  test('that differ, are missing, or are not asked for are named', () => {
    const changed = configured.map((one) => one.alert === 'EnvironmentCpuHigh' && one.environment === 'staging' ? { ...one, value: 0.99 } : one).filter(({ alert, environment }) => alert !== 'EnvironmentIngressSlow' || environment !== 'system')
    const others = rules.filter(({ name }) => name !== 'EnvironmentMemoryHigh').map((rule) => rule.name === 'EnvironmentPodsUnhealthy' ? { ...rule, query: 'environment:pods_ready:ratio < 0', health: 'err', lastError: 'x' } : rule)
    expect(thresholdFaults(changed, others)).toEqual([
      'expected the threshold of EnvironmentCpuHigh in staging to be 0.75 as documented, but it is 0.99',
      'expected the threshold of EnvironmentIngressSlow in system to be 0.5 as documented, but it is not there',
      'expected an alert EnvironmentMemoryHigh, but Prometheus has no such rule',
      'expected the alert EnvironmentPodsUnhealthy to fire when environment:pods_ready:ratio is below the threshold of its environment, but its rule is environment:pods_ready:ratio < 0',
      'expected the alert EnvironmentPodsUnhealthy to be evaluated, but its rule is err: x',
    ])
  })
})

test('ages are known for what has samples, and what has none is named', async () => {
  services.answer('prometheus:9090/api/v1/query', ({ query = '' }) => query.includes('(up)')
    ? answer('vector', [{ metric: { job: 'cadvisor', instance: 'n1' }, value: [0, '12'] }])
    : answer('vector', ['development', 'staging', 'production'].map((environment) => ({ metric: { environment }, value: [0, '7'] }))))
  const { ages, missing } = await readAges(platform)
  expect(ages).toHaveLength(9 * 3 + 1)
  expect(ages.at(-1)).toEqual({ what: 'the source cadvisor n1', seconds: 12 })
  expect(missing).toHaveLength(9)
  expect(missing).toContain('traefik_service_requests_total of system')
})

test('the peak is of the sum at one time, not the sum of the peaks', () => {
  expect(peakOf([{ labels: {}, points: [[0, 5], [15, 1]] }, { labels: {}, points: [[0, 1], [15, 4]] }])).toBe(6)
})
