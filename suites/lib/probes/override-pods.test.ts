import { describe, expect, test } from 'vitest'
import type { AgentResult } from './protocol.ts'
import { triedAs, unknownWays, wrongWays } from './override-pods.ts'

const pair = { from: 'client', to: 'server', protocol: 'TCP', port: 8080, control: 'neighbour' } as const
const result = (outcome: AgentResult['outcome']): AgentResult => ({ id: 'x', outcome, phase: 'connect', ms: 1, protocol: 'TCP' })
const way = (attempt: AgentResult['outcome'], control: AgentResult['outcome'], opened = false) => triedAs(pair, opened, { attempt: result(attempt), control: result(control) })

describe('a way that was tried', () => {
  test.each([
    ['delivered', 'timeout', 'delivered'],
    ['timeout', 'delivered', 'denied'],
    ['refused', 'delivered', 'denied'],
    ['timeout', 'timeout', 'undecided'],
    ['error', 'delivered', 'undecided'],
    ['dns', 'delivered', 'undecided'],
  ] as const)('%s beside a control that was %s is %s', (attempt, control, seen) => {
    expect(way(attempt, control).seen).toBe(seen)
  })

  test('that was not tried is undecided', () => {
    expect(triedAs(pair, false, { attempt: undefined, control: result('delivered') }).seen).toBe('undecided')
  })
})

describe('ways that are not as they have to be', () => {
  test('are the opened one when it is shut, and any other that is open', () => {
    expect(wrongWays([way('timeout', 'delivered', true), way('delivered', 'delivered')], 'while it is open', true)).toEqual([
      'expected client → server:8080 (TCP) to be delivered while it is open, but it was denied (timeout)',
      'expected client → server:8080 (TCP) to be denied while it is open, but it was delivered (answered by somebody)',
    ])
  })

  test('are also the opened one when it is open after the end', () => {
    expect(wrongWays([way('delivered', 'delivered', true)], 'after its end', false)).toEqual(['expected client → server:8080 (TCP) to be denied after its end, but it was delivered (answered by somebody)'])
  })

  test('are none of which nobody knows; those are said apart', () => {
    expect(wrongWays([way('timeout', 'timeout')], 'now', true)).toEqual([])
    expect(unknownWays([way('timeout', 'timeout')], 'now')).toEqual(['expected to see whether client → server:8080 (TCP) is open now, but it ended with timeout, and the control neighbour → server:8080 (TCP) ended with timeout'])
  })
})
