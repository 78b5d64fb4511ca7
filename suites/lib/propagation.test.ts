import { expect, test } from 'vitest'
import { lateChanges, latencyOf, type Change } from './propagation.ts'

const about = { engine: 'Calico v3', waited: 15_000 }
const changes = (milliseconds: readonly (number | undefined)[]): Change[] => milliseconds.map((one) => ({ what: 'deny', end: 'ingress', milliseconds: one }))

test('a change in time is no finding; each kind of change has its own numbers', () => {
  expect(lateChanges(changes([100, 1000, 5000]), about)).toEqual([])
  expect(latencyOf(changes([100, 120, 140]), 'deny')).toEqual({ count: 3, median: 120, p99: 140, max: 140 })
  expect(latencyOf(changes([100]), 'allow')).toBeUndefined()
})

test('a median or a p99 above the limit is found, and a change that never lands', () => {
  expect(lateChanges(changes([1001, 1001, 1001]), about)).toEqual([
    'expected a policy that denies to be in force within 1000 ms (median of 3 changes), but it took 1001 ms (Calico v3); see docs/platform/segmentation.md',
  ])
  expect(lateChanges(changes([100, 100, 5001]), about)).toEqual([
    'expected a policy that denies to be in force within 5000 ms (p99 of 3 changes), but it took 5001 ms (Calico v3); see docs/platform/segmentation.md',
  ])
  expect(lateChanges(changes([100, undefined]), about)).toEqual([
    'expected traffic to be stopped after an ingress policy was made, but 15 s after the acknowledgement it was not (Calico v3); see docs/platform/segmentation.md',
  ])
})
