import { describe, expect, test } from 'vitest'
import { IndeterminateError } from '../indeterminate.ts'
import { StepLog } from './steps.ts'

const going = () => new AbortController().signal
const never = <T>() => new Promise<T>(() => {})
const followed = { at: 'docs/a.md:3', heading: 'Take back', as: 'the reader', command: 'helm rollback a 1\nhelm list', seconds: 4 } as const

describe('a step', () => {
  test('that did what it is for is done, and its result is the work\'s', async () => {
    const log = new StepLog(going())
    expect(await log.timed('the change', { counts: false }, () => Promise.resolve(7))).toBe(7)
    expect(log.steps).toMatchObject([{ title: 'the change', outcome: 'done', counts: false }])
    expect(log.taken).toBe(0)
  })

  test('that took longer than it may is late, and goes on', async () => {
    const log = new StepLog(going())
    await log.timed('slow', { atMost: 1e-9 }, () => Promise.resolve())
    expect(log.steps).toMatchObject([{ outcome: 'late', atMost: 1e-9, why: 'it took 0.0 s' }])
  })

  test('that could not be observed is cut off, and one that went wrong has failed', async () => {
    const log = new StepLog(going())
    await expect(log.timed('a', {}, () => Promise.reject(new IndeterminateError('no answer')))).rejects.toThrow('no answer')
    await expect(log.timed('b', {}, () => Promise.reject(new Error('refused')))).rejects.toThrow('refused')
    expect(log.steps).toMatchObject([{ outcome: 'cut off', why: 'no answer' }, { outcome: 'failed', why: 'refused' }])
  })

  test('ends with the drill, and none begins after it', async () => {
    const ends = new AbortController()
    const log = new StepLog(ends.signal)
    const under = log.timed('under way', {}, () => never())
    ends.abort(new Error('a packet was delivered'))
    await expect(under).rejects.toThrow('a packet was delivered')
    let begun = false
    await expect(log.timed('later', {}, () => {
      begun = true
      return Promise.resolve()
    })).rejects.toThrow('a packet was delivered')
    expect(begun).toBe(false)
    expect(log.steps.map(({ outcome }) => outcome)).toEqual(['cut off', 'cut off'])
  })
})

describe('a command of a guide', () => {
  test('is a step with its heading, and counts unless said', () => {
    const log = new StepLog(going())
    log.followed({ ...followed, outcome: 'as written' }, {}, new Date('2026-11-28T10:00:00Z'))
    expect(log.steps).toEqual([{ title: 'Take back: helm rollback a 1', command: followed.command, seconds: 4, counts: true, outcome: 'done', startedAt: '2026-11-28T10:00:00.000Z' }])
    expect(log.taken).toBe(4)
  })

  test('that did otherwise has failed, unless the world did not answer', () => {
    const log = new StepLog(going())
    log.followed({ ...followed, outcome: 'otherwise', why: 'expected exit code 0, got 1: release has no 9 version' }, {})
    log.followed({ ...followed, outcome: 'otherwise', why: 'expected exit code 0, got 1: connection refused' }, {})
    expect(log.steps.map(({ outcome }) => outcome)).toEqual(['failed', 'cut off'])
  })

  test('that is not for this reader is no step', () => {
    const log = new StepLog(going())
    log.followed({ ...followed, outcome: 'not executed', why: 'it is for an account' }, {})
    expect(log.steps).toEqual([])
  })
})
