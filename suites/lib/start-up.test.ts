import { expect, test } from 'vitest'
import { brokenControls, controlDelays, leaksOf, missingOnes, startUpReport, summaryOf, unwatched, windowOf, type NewPod } from './start-up.ts'

const nothing = { datagrams: 0, connections: 0, bytes: 0, first: 0, last: 0 }
const report = startUpReport.parse({ id: 'new-0123', first: 900, gap: 9000, datagrams: 1000, dials: 40, connected: 0, failed: 0, received: nothing })
const clean: NewPod = { id: 'staging/1', control: false, node: 'node-1', report, delivered: undefined }
const counted = { datagrams: 3, connections: 0, bytes: 90, first: 1000, last: 146_000 }
const control: NewPod = { ...clean, id: 'outside/staging-1', control: true, delivered: counted, report: { ...report, received: { ...nothing, datagrams: 1, bytes: 30, first: 5000, last: 5000 } } }

test('a new pod of which nothing passed is clean, and its window is nothing', () => {
  expect(leaksOf([clean, control], 'Calico v3')).toEqual([])
  expect(windowOf(clean)).toBe(0)
  expect(summaryOf([clean, control])).toEqual({
    started: 1, watched: 1, attempts: { datagrams: 1000, connections: 40 }, out: { pods: 0, bytes: 0 }, in: { pods: 0, bytes: 0 }, window: { count: 1, median: 0, p99: 0, max: 0 },
    gap: { count: 1, median: 9, p99: 9, max: 9 },
  })
})

test('what the far side counted is a leak, with its bytes and until when', () => {
  expect(leaksOf([{ ...clean, delivered: counted }], 'kube-router v2')).toEqual([
    'expected nothing of the new pod staging/1 (node node-1) to pass before its policies are enforced, but 90 bytes that it sent did, the last 146 ms after its first instant (kube-router v2); see docs/platform/segmentation.md',
  ])
})

test('a handshake without a byte is a leak, and so is what came in', () => {
  expect(leaksOf([{ ...clean, report: { ...report, connected: 2 } }], 'E')[0]).toContain('2 connections that it opened did')
  const received = { ...nothing, datagrams: 1, bytes: 30, first: 20_000, last: 20_000 }
  expect(leaksOf([{ ...clean, report: { ...report, received } }], 'E')[0]).toContain('30 bytes that it was sent did, the last 20 ms after')
})

test('a pod that told nothing, sent nothing, or paused for too long is not clean but unwatched', () => {
  expect(unwatched(clean)).toBeUndefined()
  expect(unwatched({ ...clean, report: { ...report, gap: 500_000 } })).toBeUndefined()
  expect(unwatched({ ...clean, report: { why: 'it is gone' } })).toBe('expected the new pod staging/1 to tell of its first moments, but it is gone')
  expect(unwatched({ ...clean, report: { ...report, datagrams: 0 } })).toContain('but it sent nothing')
  expect(unwatched({ ...clean, report: { ...report, gap: 500_001 } })).toContain('but for 500 ms it sent nothing; the machine is too busy')
  expect(summaryOf([{ ...clean, report: { why: 'it is gone' } }])).toMatchObject({ started: 1, watched: 0, window: undefined, gap: undefined })
})

test('fewer watched pods than planned are told with the first reason', () => {
  const paused = { ...clean, id: 'staging/2', report: { ...report, gap: 700_000 } }
  expect(missingOnes([clean, paused, control], { environments: ['staging'], each: 1 })).toEqual([])
  expect(missingOnes([clean, paused], { environments: ['staging', 'system'], each: 2 })).toEqual([
    'expected 2 new pods of staging to be watched from their first instant, but 1 of 2 were: expected the new pod staging/2 to send all the time from its first instant, but for 700 ms it sent nothing; the machine is too busy for this measurement',
    'expected 2 new pods of system to be watched from their first instant, but 0 of 0 were: no more were started in time',
  ])
})

test('without a control that was delivered each way on a node, silence there proves nothing', () => {
  expect(brokenControls([clean, control])).toEqual([])
  expect(brokenControls([clean])).toEqual([
    'expected what a new pod without any policy sends from node-1 to be delivered, but of 0 such pods none was; silence from there proves nothing',
    'expected a new pod without any policy on node-1 to be reached, but of 0 such pods none was; silence there proves nothing',
  ])
  expect(brokenControls([clean, { ...control, node: 'node-2' }])).toHaveLength(2)
  expect(brokenControls([clean, control, { ...control, report: { why: 'it is gone' }, delivered: undefined }])).toEqual([])
  expect(brokenControls([clean, { ...control, report }])).toHaveLength(1)
  expect(controlDelays([clean, control])).toMatchObject({ count: 1, median: 1 })
})
