import { expect, test } from 'vitest'
import { brokenControls, controlDelays, leaksOf, startUpReport, summaryOf, unwatched, windowOf, type NewPod } from './start-up.ts'

const nothing = { datagrams: 0, connections: 0, bytes: 0, first: 0, last: 0 }
const report = startUpReport.parse({ id: 'new-0123', first: 900, lasted: 1_999_000, datagrams: 1000, dials: 40, connected: 0, failed: 0, received: nothing })
const clean: NewPod = { id: 'staging/1', control: false, node: 'node-1', report, delivered: undefined }
const counted = { datagrams: 3, connections: 0, bytes: 90, first: 1000, last: 146_000 }
const control: NewPod = { ...clean, id: 'outside/staging-1', control: true, delivered: counted, report: { ...report, received: { ...nothing, datagrams: 1, bytes: 30, first: 5000, last: 5000 } } }

test('a new pod of which nothing passed is clean, and its window is nothing', () => {
  expect(leaksOf([clean, control], 'Calico v3')).toEqual([])
  expect(windowOf(clean)).toBe(0)
  expect(summaryOf([clean, control], 1000)).toEqual({
    planned: 1, watched: 1, attempts: { datagrams: 1000, connections: 40 }, out: { pods: 0, bytes: 0 }, in: { pods: 0, bytes: 0 }, window: { count: 1, median: 0, p99: 0, max: 0 },
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

test('a pod that told nothing, sent nothing, began late or sent too little is not clean but unwatched', () => {
  expect(unwatched(clean, 1000)).toBeUndefined()
  expect(unwatched({ ...clean, report: { why: 'it is gone' } }, 1000)).toBe('expected the new pod staging/1 to tell of its first moments, but it is gone')
  expect(unwatched({ ...clean, report: { ...report, datagrams: 0 } }, 1000)).toContain('but it sent nothing')
  expect(unwatched({ ...clean, report: { ...report, first: 250_000 } }, 1000)).toContain('its first datagram left after 250 ms')
  expect(unwatched({ ...clean, report: { ...report, datagrams: 199 } }, 1000)).toContain('expected the new pod staging/1 to send 1000 datagrams, but it sent 199')
  expect(summaryOf([{ ...clean, report: { why: 'it is gone' } }], 1000)).toMatchObject({ planned: 1, watched: 0, window: undefined })
})

test('a control that was not delivered both ways breaks the probe', () => {
  expect(brokenControls([clean, control])).toEqual([])
  expect(brokenControls([clean])).toEqual(['expected new pods without any policy as controls, but there are none'])
  expect(brokenControls([{ ...control, delivered: undefined }])[0]).toContain('but nothing was')
  expect(brokenControls([{ ...control, report }])[0]).toContain('to be reached from outside')
  expect(controlDelays([clean, control])).toMatchObject({ count: 1, median: 1 })
})
