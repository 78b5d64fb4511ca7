import { expect, test } from 'vitest'
import { loadProfiles } from '../../intent/load.ts'
import { loadCharts, marker, readLoad } from './load-result.ts'

const profile = loadProfiles.steady
const metrics = (over: Record<string, Record<string, number>> = {}) => Object.fromEntries(Object.entries({
  http_reqs: { count: 300 },
  http_req_failed: { rate: 0 },
  http_req_duration: { 'med': 2.5, 'p(95)': 40, 'p(99)': 90, 'max': 3000 },
  latency_at_most_5: { count: 280 },
  latency_at_most_50: { count: 19 },
  latency_beyond: { count: 1 },
  answers_2: { count: 300 },
  ...over,
}).map(([name, values]) => [name, { type: 'any', values }]))
const printed = (over?: Record<string, Record<string, number>>) => `time="…" level=info\n\n${marker}${JSON.stringify(metrics(over))}\n`

test('a load that held is read with its histogram, the slowest answers in a bucket of their own', () => {
  const result = readLoad(printed(), profile)
  expect(result).toMatchObject({ requests: 300, failed: 0, notStarted: 0, latency: { median: 2.5, p95: 40, p99: 90, max: 3000 }, missed: [] })
  expect(result.histogram.filter(([, count]) => count > 0)).toEqual([[5, 280], [50, 19], [3000, 1]])
  expect(loadCharts(profile, new Map([['staging', result]])).map(({ title }) => title)).toEqual(['Latency under the load steady', 'Answers under the load steady'])
})

test('thresholds that did not hold are named with what was measured', () => {
  const { missed } = readLoad(printed({ http_req_duration: { 'p(95)': 500.5 }, http_req_failed: { rate: 0.02 } }), profile)
  expect(missed).toEqual([
    'expected 95 of 100 requests of the load "steady" within 500 ms (SC-006), but it was 500.5 ms',
    'expected at most 1 % of the requests of the load "steady" to fail (SC-006), but 6 of 300 did (2.0 %)',
  ])
})

test.each([
  ['no request was sent', printed({ http_reqs: { count: 0 } }), 'expected samples of the load "steady", but k6 sent no request: nothing was measured'],
  ['the generator was too slow', printed({ dropped_iterations: { count: 31 } }), 'expected the load "steady" of 20 requests a second, but k6 could not start 31 requests in time: the measurement is of the generator'],
  ['k6 ended without a result', 'level=error msg="could not compile"', 'expected the load "steady" to end with a result, but k6 printed none: level=error msg="could not compile"'],
])('nothing is concluded when %s', (_, output, message) => {
  expect(() => readLoad(output, profile)).toThrow(message)
})
