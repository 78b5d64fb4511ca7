import type { V1Pod } from '@kubernetes/client-node'
import { expect, test } from 'vitest'
import { lastsLong } from './pod-status.ts'

const now = new Date('2026-11-28T12:00:00Z')
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
const pod = (startedAt: Date, more: { ready?: boolean, deleted?: boolean, endless?: boolean } = {}): V1Pod => ({
  metadata: { name: 'probe', ...(more.deleted === true ? { deletionTimestamp: now } : {}) },
  spec: { containers: [], nodeName: 'node1', ...(more.endless === true ? {} : { activeDeadlineSeconds: 1800 }) },
  status: { phase: 'Running', podIP: '10.0.0.1', startTime: startedAt, containerStatuses: [{ name: 'agent', ready: more.ready !== false, image: 'a', imageID: 'b', restartCount: 0 }] },
})

test.each([
  ['a new one does', pod(minutesAgo(1)), true],
  ['one with a quarter of an hour left does', pod(minutesAgo(15)), true],
  ['one with less does not', pod(minutesAgo(16)), false],
  ['one without an end does', pod(minutesAgo(100), { endless: true }), true],
  ['one that is not ready does not', pod(minutesAgo(1), { ready: false }), false],
  ['one that is being deleted does not', pod(minutesAgo(1), { deleted: true }), false],
])('whether a pod lasts long enough: %s', (_, one, lasts) => {
  expect(lastsLong(one, now)).toBe(lasts)
})
