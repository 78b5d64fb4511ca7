import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reachabilityVerdicts, type ReachabilityVerdict } from '../../reports/model/reachability.ts'
import { judge, notRun, observe, type Observation } from './cell.ts'
import type { AgentResult } from './probes/protocol.ts'

const seen = (verdict: ReachabilityVerdict, more: Partial<Observation> = {}): Observation =>
  ({ verdict, handshake: false, misdelivered: false, milliseconds: 4.2, detail: 'i/o timeout', ...more })
const delivered = seen('delivered', { handshake: true, detail: 'answered by production/exposed-1' })
const result = (more: Partial<AgentResult>): AgentResult => ({ id: 'a', protocol: 'TCP', outcome: 'timeout', phase: 'connect', ms: 1, ...more })
const anyObservation = fc.record({
  verdict: fc.constantFrom(...reachabilityVerdicts), handshake: fc.boolean(), misdelivered: fc.boolean(), milliseconds: fc.nat(), detail: fc.constant('d'),
})
const anyWitnesses = fc.record({ observed: anyObservation, control: anyObservation, farSide: fc.constantFrom(true, false, null) })

describe('a cell that is meant to be closed', () => {
  test.each([
    [{ observed: seen('dropped'), control: delivered, farSide: false }, 'satisfied', 'it was dropped while its control was delivered, and the far side saw nothing of it'],
    [{ observed: seen('rejected'), control: delivered, farSide: false }, 'satisfied', 'it was rejected while its control was delivered, and the far side saw nothing of it'],
    [{ observed: delivered, control: seen('not-run'), farSide: null }, 'violated', 'it was delivered in 4 ms'],
    [{ observed: seen('client-error', { handshake: true }), control: delivered, farSide: false }, 'violated', 'the TCP handshake was completed, though no answer followed (i/o timeout)'],
    [{ observed: seen('dropped'), control: delivered, farSide: true }, 'violated', 'the far side received it, though no answer came back'],
    [{ observed: seen('dropped'), control: seen('dropped'), farSide: false }, 'indeterminate', 'its control was dropped (i/o timeout), so silence proves nothing'],
    [{ observed: seen('dropped'), control: delivered, farSide: null }, 'indeterminate', 'the log of the far side could not be read, so the second witness is missing'],
    [{ observed: notRun('staging/exposed-1 never started: ErrImagePull'), control: delivered, farSide: false }, 'indeterminate', 'it was not-run (staging/exposed-1 never started: ErrImagePull), which is not a denial'],
    [{ observed: seen('no-listener'), control: delivered, farSide: false }, 'indeterminate', 'it was no-listener (i/o timeout), which is not a denial'],
  ] as const)('%#: %j', (witnesses, verdict, reason) => {
    expect(judge('deny', witnesses)).toEqual({ verdict, reason })
  })

  test('is satisfied only by a denial with a delivered control and a far side that saw nothing', () => {
    fc.assert(fc.property(anyWitnesses, (witnesses) => {
      if (judge('deny', witnesses).verdict !== 'satisfied') return
      expect(['dropped', 'rejected']).toContain(witnesses.observed.verdict)
      expect(witnesses.observed.handshake).toBe(false)
      expect(witnesses.control.verdict).toBe('delivered')
      expect(witnesses.farSide).toBe(false)
    }), { numRuns: 2000 })
  })

  test('is violated by every delivery, whatever the other witnesses say', () => {
    fc.assert(fc.property(anyWitnesses, (witnesses) => judge('deny', { ...witnesses, observed: delivered }).verdict === 'violated'))
  })
})

describe('a cell that is meant to be open', () => {
  test.each([
    [{ observed: delivered, control: delivered, farSide: true }, 'satisfied', 'it was delivered in 4 ms'],
    [{ observed: delivered, control: delivered, farSide: null }, 'satisfied', 'it was delivered in 4 ms'],
    [{ observed: delivered, control: delivered, farSide: false }, 'indeterminate', 'it was answered, but the far side has no record of it'],
    [{ observed: { ...delivered, misdelivered: true }, control: delivered, farSide: false }, 'indeterminate', 'another listener answered (answered by production/exposed-1)'],
    [{ observed: seen('dropped'), control: delivered, farSide: false }, 'violated', 'it was dropped (i/o timeout) while its listener was answering'],
    [{ observed: seen('dropped'), control: seen('no-listener'), farSide: null }, 'indeterminate', 'it was dropped (i/o timeout), but its listener was no-listener to itself (i/o timeout)'],
    [{ observed: seen('dns-failure'), control: delivered, farSide: false }, 'indeterminate', 'it was dns-failure (i/o timeout)'],
  ] as const)('%#: %j', (witnesses, verdict, reason) => {
    expect(judge('allow', witnesses)).toEqual({ verdict, reason })
  })

  test('is satisfied only by a delivery', () => {
    fc.assert(fc.property(anyWitnesses, (witnesses) => judge('allow', witnesses).verdict !== 'satisfied' || witnesses.observed.verdict === 'delivered'), { numRuns: 2000 })
  })
})

describe('an agent\'s result', () => {
  const alive = { id: 'production/exposed-1', alive: true }
  const dead = { id: 'production/exposed-1', alive: false }
  test.each([
    [result({ outcome: 'timeout' }), alive, 'dropped', false],
    [result({ outcome: 'timeout', phase: 'answer' }), alive, 'client-error', true],
    [result({ outcome: 'refused' }), alive, 'rejected', false],
    [result({ outcome: 'refused' }), dead, 'no-listener', false],
    [result({ outcome: 'refused', phase: 'answer' }), alive, 'client-error', true],
    [result({ outcome: 'unreachable' }), alive, 'rejected', false],
    [result({ outcome: 'unreachable' }), dead, 'client-error', false],
    [result({ outcome: 'dns', phase: 'resolve' }), alive, 'dns-failure', false],
    [result({ outcome: 'error', phase: 'connect' }), alive, 'client-error', false],
    [result({ outcome: 'delivered', phase: 'answer', answeredBy: 'production/exposed-1' }), alive, 'delivered', true],
    [result({ outcome: 'delivered', phase: 'answer', protocol: 'UDP' }), alive, 'delivered', false],
  ] as const)('%#: %j', (given, listener, verdict, handshake) => {
    expect(observe(given, listener)).toMatchObject({ verdict, handshake })
  })

  test('that another listener answered is marked', () => {
    expect(observe(result({ outcome: 'delivered', phase: 'answer', answeredBy: 'staging/exposed-1' }), alive).misdelivered).toBe(true)
  })
})
