import { describe, expect, test } from 'vitest'
import type { Route } from './alerts.ts'
import { lostAlert, receiversFor } from './routing.ts'

const route = (receiver: string | undefined, matchers: string[], more: Partial<Route> = {}): Route => ({ receiver, matchers, continue: false, routes: [], ...more })
const labels = { alertname: 'EnvironmentCpuHigh', environment: 'staging', severity: 'warning' }

describe('an alert', () => {
  test('goes to the first route that matches, and with continue to the next as well', () => {
    const tree = route('platform', [], { routes: [
      route('elsewhere', ['environment="production"']),
      route('audit', ['severity=~"warn.*"'], { continue: true }),
      route(undefined, ['environment = staging'], { routes: [route('pager', ['severity="critical"']), route('team', ['alertname!="Other"', 'team!~".+"'])] }),
      route('never', []),
    ] })
    expect(receiversFor(tree, labels)).toEqual(['audit', 'team'])
    expect(receiversFor(tree, { environment: 'system' })).toEqual(['never'])
    expect(receiversFor(route('platform', []), labels)).toEqual(['platform'])
  })

  test('is lost when its receiver has no destination', () => {
    const tree = route('platform', [], { routes: [route('staging', ['environment="staging"'])] })
    const receivers = [{ name: 'platform', destinations: { slack_configs: 1 } }, { name: 'staging', destinations: {} }]
    expect(lostAlert({ route: tree, receivers }, labels)).toBe('its route goes to staging, which has no destination')
    expect(lostAlert({ route: tree, receivers }, { environment: 'system' })).toBeUndefined()
    expect(lostAlert({ route: tree, receivers: [] }, { environment: 'system' })).toBe('its route goes to platform, which has no destination')
  })

  test('is undecided under a matcher that cannot be read', () => {
    expect(() => receiversFor(route('a', ['{}']), labels)).toThrow('expected to read Alertmanager\'s matcher {}, but it has another form')
  })
})
