import { describe, expect, test } from 'vitest'
import { drillLogSchema, digestDifferences } from '../../../reports/model/drill.ts'
import { goodLog } from '../../../reports/model/sample-drill.ts'
import { faultsOfDrill, undecidedInDrill } from './judge.ts'

const watch = goodLog().watch
const environment = watch.environments['staging']

test('a drill in which everything went well has no fault, and nothing is undecided', () => {
  expect(drillLogSchema.safeParse(goodLog()).success).toBe(true)
  expect(faultsOfDrill(goodLog())).toEqual([])
  expect(undecidedInDrill(goodLog())).toEqual([])
})

describe('faults', () => {
  test.each([
    ['a delivery in a denied cell', { watch: { ...watch, delivered: [{ cell: 'a -> b', at: 12.4 }] } }, 'expected nothing to be delivered in a denied cell while chart-rollback was held, but a -> b was, 12 s after its beginning'],
    ['an environment away too long', { watch: { ...watch, environments: { staging: { looks: 120, unobserved: 0, unreachable: 11, longest: 11, allowed: 10, spans: [{ from: 1, to: 12 }] } } } }, 'expected staging to be out of reach for at most 10 s on end while chart-rollback was held, but it was for 11 s'],
    ['a step that did not do what is written', { steps: [{ title: 'roll back', seconds: 1, outcome: 'failed' as const, why: 'release has no 9 version', counts: true }] }, 'expected the step "roll back" to do what is written, but release has no 9 version'],
    ['a step that took too long', { steps: [{ title: 'roll back', seconds: 61, atMost: 60, outcome: 'late' as const, why: 'it took 61.0 s', counts: true }] }, 'expected the step "roll back" within 60 s, but it took 61 s'],
    ['a way back that took too long', { time: { atMost: 900, taken: 901 } }, 'expected the way back of chart-rollback within 900 s, but it took 901 s'],
    ['something left behind', { differences: ['Secret a/b is changed'], restored: false }, 'expected chart-rollback to leave everything as it was, but Secret a/b is changed; run "npx plumbline drill --restore"'],
    ['an undo command that failed', { undone: [{ title: 'a', command: 'kubectl uncordon x', outcome: 'failed' as const, seconds: 1, why: 'it ended with exit code 1: no' }], restored: false }, 'expected `kubectl uncordon x` to put chart-rollback back, but it ended with exit code 1: no'],
    ['an environment that stays away', { restored: false }, 'expected every environment to answer after chart-rollback, but not all did'],
  ])('%s', (_, more, sentence) => {
    expect(faultsOfDrill(goodLog(more))).toEqual([sentence])
  })
})

describe('what nobody knows', () => {
  test.each([
    ['no witness', { witness: null }, 'expected chart-rollback to be held by an operator and seen by a witness, but nobody was named as witness; run "npx plumbline drill chart-rollback --operator NAME --witness NAME"'],
    ['one person in both places', { witness: 'sre-one' }, 'expected somebody else than the operator sre-one to witness chart-rollback, but it was the same person'],
    ['nobody who looked', { watch: { ...watch, looks: 0 } }, 'expected the denied cells to be watched while chart-rollback was held, but in none of 120 s somebody looked and a control was delivered'],
    ['less than half looked at', { watch: { ...watch, looks: 40, unobserved: 80 } }, 'expected the denied cells to be looked at in at least half of the 120 s of chart-rollback, but they were in 40'],
    ['an environment that nobody asked', { watch: { ...watch, environments: { staging: { ...environment, looks: 0, unobserved: 120, unreachable: 0, longest: 0, allowed: 10, spans: [] } } } }, 'expected staging to be asked while chart-rollback was held, but nobody could ask'],
    ['a step that was cut off', { steps: [{ title: 'x', seconds: 1, outcome: 'cut off' as const, why: 'no answer', counts: true }] }, 'expected to see the step "x" to its end, but no answer'],
    ['no digests afterwards', { after: null, restored: false }, 'expected to compare what is there after chart-rollback with what was before, but it could not be read'],
  ])('%s', (_, more, sentence) => {
    expect(undecidedInDrill(goodLog(more))).toEqual([sentence])
  })
})

test('counters may move on, and digests may not', () => {
  const { before } = goodLog()
  expect(digestDifferences(before, { ...before, counters: {} })).toEqual([])
  expect(digestDifferences(before, { ...before, things: { 'release sample': 'c'.repeat(64), 'Node x': 'd'.repeat(64) } })).toEqual(['Node x was not there before', 'release sample is changed'])
})
