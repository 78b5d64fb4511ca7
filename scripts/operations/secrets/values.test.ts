import { expect, test } from 'vitest'
import { newAuthority } from './certificates.ts'
import { baseline, idOf, keysOf, secretNamed } from './inventory.ts'
import { outcomeFor } from './values.ts'
import type { ValueMaterial } from './values.ts'

const { values: authority } = await newAuthority('plumbline')
const material: ValueMaterial = {
  platform: { name: 'plumbline', domain: 'plumbline.internal' },
  dataStore: { host: '10.99.0.50', port: 5432, authority: 'PEM' },
  given: { 'observability/channel': { url: 'https://hooks.example.com/services/platform' }, 'audit/audit-bucket': { access_key: 'A', secret_key: 'S' }, 'platform/admin-kubeconfig': { kubeconfig: 'apiVersion: v1' } },
  authority: { key: authority['key'] ?? '', certificate: authority['certificate'] ?? '' },
}
const freshOf = async (namespace: string, name: string, current?: Record<string, string>, renew = false) => {
  const outcome = await outcomeFor(secretNamed(namespace, name), current, material, renew)
  return 'fresh' in outcome ? outcome.fresh.values : {}
}

test.each(baseline.map((secret) => [idOf(secret), secret] as const))('%s is made with its keys and its entropy, and kept when it is good', async (_id, secret) => {
  const outcome = await outcomeFor(secret, undefined, material)
  expect(outcome).toMatchObject({ why: 'it was missing' })
  if (!('fresh' in outcome)) return
  expect(Object.keys(outcome.fresh.values).toSorted()).toEqual(keysOf(secret))
  expect(outcome.fresh.entropyBits).toBeGreaterThanOrEqual(secret.entropyBits ?? 0)
  expect(await outcomeFor(secret, outcome.fresh.values, material)).toEqual({ keep: true })
})

test('each environment has at least two secrets, and each has an owner and a period', () => {
  for (const environment of ['development', 'staging', 'production', 'system']) {
    expect(baseline.filter(({ namespace, type }) => namespace === environment && type !== undefined).length).toBeGreaterThanOrEqual(2)
  }
  for (const { owner, periodDays } of baseline) expect([owner !== '', periodDays > 0]).toEqual([true, true])
})

test('when the data store moves, services learn where it is and keep their login', async () => {
  const before = await freshOf('staging', 'data-store')
  const outcome = await outcomeFor(secretNamed('staging', 'data-store'), before, { ...material, dataStore: { host: 'db.example.com', port: 5433, authority: 'PEM' } })
  expect(outcome).toMatchObject({
    why: 'the data store is elsewhere',
    fresh: { values: { host: 'db.example.com', password: before['password'], uri: `postgresql://staging_blue:${before['password'] ?? ''}@db.example.com:5433/staging?sslmode=verify-full` } },
  })
})

test('a renewed value is another one', async () => {
  for (const name of ['data-store', 'session-key', 'ingress-tls']) {
    const before = await freshOf('staging', name)
    expect(await freshOf('staging', name, before, true)).not.toEqual(before)
  }
})

test('what is not there yet is named', async () => {
  const bare: ValueMaterial = { platform: material.platform, dataStore: undefined, given: {} }
  expect(await outcomeFor(secretNamed('staging', 'data-store'), undefined, bare)).toEqual({ missing: 'the platform has no data store that pods reach' })
  expect(await outcomeFor(secretNamed('staging', 'ingress-tls'), undefined, bare)).toEqual({ missing: 'the platform has no authority yet' })
  expect(await outcomeFor(secretNamed('observability', 'channel'), undefined, bare)).toEqual({ missing: 'nobody gave a value for it' })
})

test('a mistyped name is answered with what was most likely meant', () => {
  expect(() => secretNamed('stagin', 'session-key')).toThrow('stagin has no baseline secrets; expected one of platform, development, staging, production, system, observability, audit. Did you mean staging?')
  expect(() => secretNamed('staging', 'sesion-key')).toThrow('sesion-key is not a baseline secret of staging; expected one of data-store, session-key, ingress-tls. Did you mean session-key?')
})
