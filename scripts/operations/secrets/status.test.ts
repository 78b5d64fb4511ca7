import { expect, test } from 'vitest'
import { ending, names, unfinished } from './consumers.ts'
import { undelivered } from './delivery.ts'
import type { Delivery } from './delivery.ts'
import { secretNamed } from './inventory.ts'
import { describe } from './metadata.ts'
import { rowOf, statusTable } from './status.ts'

const secret = secretNamed('staging', 'session-key')
const version = describe(secret, { key: 'v' }, { version: '01JD0000000000000000000000', createdAt: '2026-01-01T10:00:00.000Z', entropyBits: 256, recipient: 'age1', fingerprintKey: Buffer.alloc(32) })
const good: Delivery = { sealed: version.version, synced: true, problem: undefined, foreign: false, opened: { version: version.version, values: { key: 'v' }, type: 'Opaque' } }

test('a secret is overdue after its period, not on the last day of it', () => {
  const at = (now: string) => rowOf(secret, version, { now: new Date(now), delivered: true, problem: undefined })
  expect(at('2026-04-01T09:59:00Z')).toMatchObject({ ageDays: 89, overdue: false, lastRotation: '2026-01-01T10:00:00.000Z' })
  expect(at('2026-04-01T10:01:00Z')).toMatchObject({ ageDays: 90, overdue: true })
})

test('the table says what is wrong', () => {
  const now = new Date('2026-04-02T00:00:00Z')
  const rows = [rowOf(secret, version, { now, delivered: false, problem: 'no Secret' }), rowOf(secretNamed('platform', 'authority'), undefined, { now, delivered: undefined, problem: undefined })]
  expect(statusTable(rows)).toEqual([
    'ENVIRONMENT  NAME         OWNER                 CONSUMERS               PERIOD  LAST ROTATION     AGE   OVERDUE  DELIVERED',
    'staging      session-key  application-team      staging/sample-service  90 d    2026-01-01 10:00  90 d  OVERDUE  NO: no Secret',
    'platform     authority    platform-engineering  -                       1095 d  never             -     no       store only',
  ])
})

test.each<[string, Partial<Delivery>]>([
  ['no SealedSecret', { sealed: undefined }],
  ['the SealedSecret is of version old', { sealed: 'old' }],
  ['the controller has not looked at the SealedSecret yet', { synced: false }],
  ['the controller says: no key could decrypt secret (key)', { synced: false, problem: 'no key could decrypt secret (key)' }],
  ['no Secret', { opened: undefined }],
  ['the Secret did not come from the SealedSecret', { foreign: true }],
  ['the Secret is of version old', { opened: { version: 'old', values: { key: 'v' }, type: 'Opaque' } }],
  ['the Secret holds other values', { opened: { version: version.version, values: { key: 'w' }, type: 'Opaque' } }],
])('not delivered: %s', (sentence, change) => {
  expect(undelivered({ ...good, ...change }, version.version, { key: 'v' })).toBe(sentence)
})

test('delivered is delivered', () => {
  expect(undelivered(good, version.version, { key: 'v' })).toBeUndefined()
})

test('a roll-out has ended when only ready pods of the newest template are left', () => {
  const of = (status: object) => unfinished({ metadata: { generation: 3 }, spec: { replicas: 2 }, status })
  expect(of({ observedGeneration: 2 })).toBe('has not been looked at yet')
  expect(of({ observedGeneration: 3, updatedReplicas: 2, availableReplicas: 1, replicas: 2 })).toBe('has 1 of 2 new pods ready')
  expect(of({ observedGeneration: 3, updatedReplicas: 2, availableReplicas: 2, replicas: 3 })).toBe('still has 1 old pods')
  expect(of({ observedGeneration: 3, updatedReplicas: 2, availableReplicas: 2, replicas: 2 })).toBeUndefined()
})

test('old pods count until they have ended, and pods of the new value do not', () => {
  const pod = (phase: string, version?: string) => ({ metadata: version === undefined ? {} : { annotations: { mark: version } }, status: { phase } })
  const of = (...pods: object[]) => ending(pods, { mark: 'mark', version: '2' })
  expect(of(pod('Running', '2'), pod('Running', '1'), pod('Pending'))).toBe('still has 2 old pods that are ending')
  expect(of(pod('Running', '2'), pod('Failed', '1'), pod('Succeeded'))).toBeUndefined()
})

test('a pod uses a Secret by volume, by projection, by variable and by all its variables', () => {
  const container = { name: 'c' }
  expect(names({ containers: [container], volumes: [{ name: 'v', secret: { secretName: 'session-key' } }] }, 'session-key')).toBe(true)
  expect(names({ containers: [container], volumes: [{ name: 'v', projected: { sources: [{ secret: { name: 'session-key' } }] } }] }, 'session-key')).toBe(true)
  expect(names({ containers: [{ ...container, env: [{ name: 'K', valueFrom: { secretKeyRef: { name: 'session-key', key: 'key' } } }] }] }, 'session-key')).toBe(true)
  expect(names({ containers: [container], initContainers: [{ ...container, envFrom: [{ secretRef: { name: 'session-key' } }] }] }, 'session-key')).toBe(true)
  expect(names({ containers: [{ ...container, env: [{ name: 'K', value: 'session-key' }] }] }, 'session-key')).toBe(false)
})
