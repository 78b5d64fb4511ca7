import { expect, test } from 'vitest'
import { valuesOf } from './release-values.ts'
import { sources } from './sources.fixture.ts'
import { terraformVariables } from './terraform-variables.ts'

test('an environment gets its quota in the words of Kubernetes', () => {
  expect(valuesOf({ name: 'environment-staging', chart: 'environment', environment: 'staging' }, sources)).toMatchObject({
    environment: 'staging',
    pool: 'nonproduction',
    podSecurity: 'restricted',
    approval: { reference: 'CHG-1' },
    quota: { 'requests.cpu': '4', 'limits.memory': '32Gi', 'pods': '130', 'services.loadbalancers': '0' },
    limits: { default: { cpu: '200m', memory: '128Mi' }, defaultRequest: { cpu: '20m', memory: '32Mi' }, max: { cpu: '2', memory: '2Gi' } },
    dataStore: { enabled: true, host: '10.99.0.50', addresses: ['10.99.0.50'], port: 5432 },
  })
})

test('without a data store its policy and Service are off', () => {
  const values = valuesOf({ name: 'e', chart: 'environment', environment: 'system' }, { ...sources, dataStore: undefined })
  expect(values['dataStore']).toEqual({ enabled: false })
})

test('the guardrails watch over every environment', () => {
  expect(valuesOf({ name: 'guardrails', chart: 'guardrails' }, sources)).toEqual({ environments: ['development', 'staging', 'production', 'system'] })
})

test('an environment release without an environment is refused', () => {
  expect(() => valuesOf({ name: 'e', chart: 'environment' }, sources)).toThrow(
    'The release e of the chart environment names no environment; add `environment:` to it in the release list.',
  )
})

test('Terraform gets the same file in its own words', () => {
  expect(terraformVariables(sources.platform)).toEqual({
    name: 'plumbline',
    region: 'us-east',
    tier: 'enterprise',
    kubernetes_version: 'v1.35.4+lke1',
    control_plane: { high_availability: true, audit_logs: true, allowed_addresses: { ipv4: ['127.0.0.1/32'], ipv6: [] } },
    pools: [
      { purpose: 'system', type: 'g6-standard-4', count: 1 },
      { purpose: 'nonproduction', type: 'g6-standard-4', count: 1 },
      { purpose: 'production', type: 'g6-standard-4', count: 1 },
    ],
    environments: { development: { pool: 'nonproduction' }, staging: { pool: 'nonproduction' }, production: { pool: 'production' }, system: { pool: 'system' } },
    database: { type: 'g6-nanode-1', engine: 'postgresql/15', cluster_size: 1, allow_list: ['10.244.0.0/16', '10.99.0.1/32'] },
    state: { bucket: 'plumbline-state', keep_versions: 30 },
    audit: { bucket: 'plumbline-audit', retention_days: 90 },
    secrets: { bucket: 'plumbline-secrets' },
  })
})
