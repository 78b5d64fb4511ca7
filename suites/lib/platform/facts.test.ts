import { ApiException } from '@kubernetes/client-node'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shared } from './attempts.ts'
import { defaultDenyIn, millicores } from './environments.ts'
import { refusalOf } from './kubernetes.ts'
import { locksDuring, missingSerials, type LockRecord, type StateVersion } from './state.ts'

describe('a default deny', () => {
  const policy = (name: string, spec: object) => ({ metadata: { name }, spec: { podSelector: {}, ...spec } })
  test('selects every pod and allows nothing', () => {
    expect(defaultDenyIn([policy('default-deny', { policyTypes: ['Ingress', 'Egress'] })])).toEqual({ ingress: ['default-deny'], egress: ['default-deny'] })
  })

  test('may be two policies', () => {
    expect(defaultDenyIn([policy('in', { policyTypes: ['Ingress'] }), policy('out', { policyTypes: ['Egress'] })])).toEqual({ ingress: ['in'], egress: ['out'] })
  })

  test('is none with a rule, a selector, or a direction that it does not name', () => {
    expect(defaultDenyIn([
      policy('open', { policyTypes: ['Ingress', 'Egress'], ingress: [{}] }),
      policy('some', { podSelector: { matchLabels: { app: 'a' } }, policyTypes: ['Ingress', 'Egress'] }),
      policy('expression', { podSelector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] }, policyTypes: ['Egress'] }),
    ])).toEqual({ ingress: [], egress: ['open'] })
  })
})

describe('quantities', () => {
  test('of CPU are thousandths of a core', () => {
    expect([millicores('4'), millicores('0.5'), millicores('250m')]).toEqual([4000, 500, 250])
    expect(() => millicores('8Gi')).toThrow('expected a CPU quantity such as "4" or "250m", got "8Gi"')
  })

  test('are shared out whole, and no share is larger than allowed', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 100, max: 4000 }), (amount, largest) => {
      const shares = shared(amount, largest)
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(amount)
      expect(Math.max(...shares)).toBeLessThanOrEqual(largest)
    }))
    expect(shared(4000, Infinity)).toEqual([4000])
  })
})

describe('the state', () => {
  const version = (serial: number): StateVersion => ({ versionId: String(serial), at: '2026-11-23T19:00:00.000Z', size: 1, latest: false, serial, lineage: 'l' })
  test('shows each write that left no version', () => {
    expect(missingSerials([7, 6, 3].map(version))).toEqual([4, 5])
    expect(missingSerials([3, 2, 1].map(version))).toEqual([])
    expect(missingSerials([])).toEqual([])
  })

  test('was locked during a run when a lock was taken between its start and its end', () => {
    const lock = (takenAt: string): LockRecord => ({ takenAt, operation: 'OperationTypeApply', who: 'me@here', lockId: 'a', held: false })
    const run = { startedAt: '2026-11-23T19:00:00.000Z', finishedAt: '2026-11-23T19:01:00.000Z' }
    const locks = [lock('2026-11-23T18:59:59.999Z'), lock('2026-11-23T19:00:30.123456789Z'), lock('2026-11-23T19:01:00.001Z')]
    expect(locksDuring(run, locks)).toEqual([locks[1]])
  })
})

test('an answer of the API server is read with its reason', () => {
  const answer = (status: number, body: string) => refusalOf(new ApiException(status, 'an answer', body, {}))
  expect(answer(403, '{"reason":"Forbidden","message":"pods is forbidden"}')).toEqual({ status: 403, reason: 'Forbidden', message: 'pods is forbidden' })
  expect(answer(502, '<html>')).toMatchObject({ status: 502, reason: undefined })
})
