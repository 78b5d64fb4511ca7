import { describe, expect, test } from 'vitest'
import type { ReachabilityCell } from '../../reports/model/reachability.ts'
import type { JudgedCell } from './cell.ts'
import { IndeterminateError } from './indeterminate.ts'
import './matchers.ts'
import { accessVerdict, type AccessAttempt } from './verdict.ts'

function judged(more: Partial<ReachabilityCell>, reason: string): JudgedCell {
  return {
    reason,
    policiesInForce: ['default-deny@production'],
    cell: {
      id: 'staging/client -> production/listener pod-ip TCP', from: { environment: 'staging', endpoint: 'client' }, to: { environment: 'production', endpoint: 'listener' },
      route: 'pod-ip', protocol: 'TCP', port: 8080, intended: 'deny', computed: null, first: null, control: 'delivered', observed: 'dropped', verdict: 'satisfied', nonce: 'n', farSide: false, milliseconds: 4, ...more,
    },
  }
}

const denied = judged({}, 'it was dropped')
const crossing = judged({ observed: 'delivered', verdict: 'violated' }, 'it was delivered in 4 ms')
const unknown = judged({ observed: 'not-run', verdict: 'indeterminate' }, 'it was not-run (no pod), which is not a denial')
const allowed: AccessAttempt = { what: 'verifier create pods in staging', verdict: 'allowed', status: 201, message: 'Created' }
const forbidden: AccessAttempt = { what: 'verifier create a privileged pod in staging', verdict: 'forbidden', status: 403, message: 'violates PodSecurity' }

function caught(act: () => void): unknown {
  try {
    act()
  }
  catch (error) {
    return error
  }
  return undefined
}

describe('toBeDenied', () => {
  test('holds when every cell is denied', () => {
    expect([denied, denied]).toBeDenied()
  })

  test('says who reached whom, over what, and which policies were in force', () => {
    expect(() => expect([denied, unknown, crossing]).toBeDenied()).toThrow(
      'expected staging/client → production/listener:8080 (TCP) to be denied, but it was delivered in 4 ms; policies in force: default-deny@production',
    )
  })

  test('fails as an assertion, which is what makes the case violated', () => {
    expect(caught(() => expect([crossing]).toBeDenied())).toHaveProperty('name', 'AssertionError')
    expect(caught(() => expect(['a fault']).toBeFaultless())).toHaveProperty('name', 'AssertionError')
  })

  test('counts the others', () => {
    expect(() => expect([crossing, crossing, crossing]).toBeDenied()).toThrow('(and 2 more of 3 cells)')
  })

  test('is indeterminate when a cell could not be decided, and when there is none', () => {
    const error = caught(() => expect([denied, unknown]).toBeDenied())
    expect(error).toBeInstanceOf(IndeterminateError)
    expect(String(error)).toBe(
      'IndeterminateError: expected staging/client → production/listener:8080 (TCP) to be denied, but it was not-run (no pod), which is not a denial; policies in force: default-deny@production',
    )
    expect(caught(() => expect([]).toBeDenied())).toBeInstanceOf(IndeterminateError)
  })

  test('refuses cells that are meant to be open, and negation', () => {
    expect(() => expect([judged({ intended: 'allow' }, 'r')]).toBeDenied()).toThrow(TypeError)
    expect(() => expect([crossing]).not.toBeDenied()).toThrow('these matchers cannot be negated: the absence of a proof is no proof of the opposite')
  })

  test('an attempt needs 403 Forbidden and a control that was allowed', () => {
    expect(forbidden).toBeDenied({ control: allowed })
    expect(() => expect(allowed).toBeDenied({ control: allowed })).toThrow('expected "verifier create pods in staging" to be denied, but it was allowed (201)')
    expect(caught(() => expect(forbidden).toBeDenied({ control: forbidden }))).toBeInstanceOf(IndeterminateError)
    expect(caught(() => expect({ ...forbidden, verdict: 'error', status: 500 }).toBeDenied({ control: allowed }))).toBeInstanceOf(IndeterminateError)
    expect(() => expect(forbidden).toBeDenied()).toThrow('a denial needs a control')
  })
})

describe('toHaveVerdict', () => {
  test('judges open cells', () => {
    expect([judged({ intended: 'allow', observed: 'delivered' }, 'it was delivered in 4 ms')]).toHaveVerdict('delivered')
    const stopped = judged({ intended: 'allow', route: 'service', verdict: 'violated' }, 'it was dropped (i/o timeout) while its listener was answering')
    expect(() => expect([stopped]).toHaveVerdict('delivered')).toThrow(
      'expected staging/client → production/listener:8080 (TCP by service name) to be delivered, but it was dropped (i/o timeout) while its listener was answering; policies in force: default-deny@production',
    )
  })

  test('a control that fails makes the case indeterminate', () => {
    expect(allowed).toSucceedAsControl()
    expect(caught(() => expect(forbidden).toSucceedAsControl())).toBeInstanceOf(IndeterminateError)
  })
})

test('toBeFaultless says the first fault and how many more there are', () => {
  expect([]).toBeFaultless()
  expect(() => expect(['a is missing', 'b is missing']).toBeFaultless()).toThrow('a is missing (and 1 more: b is missing)')
  expect(() => expect('none').toBeFaultless()).toThrow('toBeFaultless takes a list of sentences')
})

test('only 403 with reason Forbidden is a denial', () => {
  expect(accessVerdict({ status: 201 })).toBe('allowed')
  expect(accessVerdict({ status: 403, reason: 'Forbidden' })).toBe('forbidden')
  expect(accessVerdict({ status: 403 })).toBe('error')
  expect(accessVerdict({ status: 404, reason: 'NotFound' })).toBe('not-found')
  expect(accessVerdict({ status: 504, reason: 'Timeout' })).toBe('error')
})
