import { expect, test } from 'vitest'
import type { Platform } from '../platform/platform.ts'
import { turnAfter, turnsOf, type Pair } from './stream.ts'

const pod = { namespace: 'n', name: 'probe-sender-r', ip: '10.0.0.1', node: 'node-1' }
const line = (state: string, at: string): string => `{"state":"${state}","at":"${at}"}`

/** A pair whose sender's log grows by one line with every look. */
function pairWith(lines: readonly string[]): Pair {
  let seen = 0
  const core = { readNamespacedPodLog: () => { seen += 1; return Promise.resolve(lines.slice(0, seen).join('\n')) } }
  const platform = { cluster: { core } } as unknown as Platform
  return { platform, run: { label: 'r', created: () => undefined, took: () => undefined }, namespace: 'n', sender: pod, listener: pod }
}

const log = [line('open', '2026-11-28T09:00:00.000Z'), line('closed', '2026-11-28T09:00:01.250000001Z'), line('open', '2026-11-28T09:00:02Z'), line('closed', '2026-11-28T09:00:03Z')]

test('turns come from the log of the sender, in milliseconds', async () => {
  expect(await turnsOf(pairWith(log))).toEqual([{ state: 'open', at: Date.parse('2026-11-28T09:00:00Z') }])
})

test('a turn counts when it came after the change and the way stays so', async () => {
  expect(await turnAfter(pairWith(log), 'closed', Date.parse('2026-11-28T09:00:01Z'))).toEqual({ state: 'closed', at: Date.parse('2026-11-28T09:00:01.250Z') })
  expect(await turnAfter(pairWith(log), 'closed', Date.parse('2026-11-28T09:00:02Z'))).toEqual({ state: 'closed', at: Date.parse('2026-11-28T09:00:03Z') })
})

test('a log that holds something else is refused', async () => {
  await expect(turnsOf(pairWith(['panic: no way']))).rejects.toThrow()
})
