import { describe, expect, test } from 'vitest'
import { environmentThresholds } from '../../intent/thresholds.ts'
import { refuseUndecided } from '../undecided.ts'
import { crossingCharts } from './crossing-charts.ts'
import { healthPanel } from './freshness.ts'

test('each measure is drawn with its environments and its threshold, in people\'s units', () => {
  const at = Date.UTC(2026, 10, 23)
  const stories = environmentThresholds.map((threshold) => ({
    threshold, measure: threshold.environment === 'system' ? [] : [[at, 0.25] as const], before: false, active: undefined, fired: undefined, resolved: undefined, hindrance: undefined,
  }))
  const charts = crossingCharts(stories)
  expect(charts.map(({ title, unit, threshold }) => [title, unit, threshold])).toEqual([
    ['EnvironmentCpuHigh', '%', 75], ['EnvironmentMemoryHigh', '%', 90], ['EnvironmentPodsUnhealthy', '%', 90], ['EnvironmentRequestsFailing', '%', 99], ['EnvironmentIngressSlow', 's', 0.5],
  ])
  expect(charts[0]?.series.map(({ name, points }) => [name, points])).toEqual(['development', 'staging', 'production'].map((name) => [name, [[at, 25]]]))
})

describe('freshness is measured', () => {
  const panel = (title: string, ...expressions: string[]) => ({ title, unit: 'short', queries: expressions.map((expression) => ({ expression, legend: '' })) })
  const dashboard = (...panels: ReturnType<typeof panel>[]) => ({ name: 'staging', title: 't', refresh: '15s', panels })

  test('on the panel about the health of pods, not on its threshold', () => {
    const threshold = 'environment:alert_threshold{alert="EnvironmentPodsUnhealthy"}'
    expect(healthPanel('staging', dashboard(panel('CPU', 'cpu'), panel('Pod health', threshold, 'environment:pods_ready:ratio')))).toEqual({ panel: 'Pod health', expression: 'environment:pods_ready:ratio' })
  })

  test('on nothing when there is no such panel', () => {
    expect(() => healthPanel('staging', dashboard(panel('CPU', 'cpu')))).toThrow('expected the dashboard of staging to have a panel about the health of pods, but it has none to measure')
    expect(() => healthPanel('staging', undefined)).toThrow('none to measure')
  })
})

test('what was not decided is said together, and nothing is said when all was', () => {
  expect(() => { refuseUndecided([]) }).not.toThrow()
  expect(() => { refuseUndecided(['a']) }).toThrow(/^a$/)
  expect(() => { refuseUndecided(['a', 'b', 'c', 'd', 'e']) }).toThrow('a (and 4 more: b; c; d; …)')
})
