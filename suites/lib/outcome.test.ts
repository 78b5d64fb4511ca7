import { describe, expect, test } from 'vitest'
import { outcomeOf } from './outcome.ts'

const passed = { state: 'pass', errors: [], cutOff: false }
const failed = (name: string, message: string) => ({ state: 'fail', errors: [{ name, message }], cutOff: false })

describe('the verdict of a case', () => {
  test('is satisfied only by a pass that recorded evidence', () => {
    expect(outcomeOf(passed, 1)).toEqual({ verdict: 'satisfied' })
    expect(outcomeOf(passed, 0)).toEqual({ verdict: 'indeterminate', reason: 'passed without recording evidence' })
  })

  test('is violated by an assertion that did not hold', () => {
    expect(outcomeOf(failed('AssertionError', 'expected staging/client → production/listener:8080 (TCP) to be denied\n\nmore'), 1))
      .toEqual({ verdict: 'violated', reason: 'expected staging/client → production/listener:8080 (TCP) to be denied' })
  })

  test('is indeterminate when anything else was thrown, time-outs included', () => {
    expect(outcomeOf(failed('IndeterminateError', 'no API server'), 1)).toEqual({ verdict: 'indeterminate', reason: 'no API server' })
    expect(outcomeOf(failed('TestTimeoutError', 'Test timed out in 180000ms.'), 1)).toEqual({ verdict: 'indeterminate', reason: 'Test timed out in 180000ms.' })
    expect(outcomeOf(failed('TypeError', ''), 0)).toEqual({ verdict: 'indeterminate', reason: 'failed without a message' })
  })

  test('stays violated when cleaning up failed as well', () => {
    const errors = [{ name: 'Error', message: 'could not clean up' }, { name: 'AssertionError', message: 'it was delivered' }]
    expect(outcomeOf({ state: 'fail', errors, cutOff: false }, 1)).toEqual({ verdict: 'violated', reason: 'it was delivered' })
  })

  test('is not-run when what it judges has not happened yet, or it skipped itself', () => {
    expect(outcomeOf(failed('NotYetError', 'no incremental run yet'), 1)).toEqual({ verdict: 'not-run', reason: 'no incremental run yet' })
    expect(outcomeOf({ state: 'skip', errors: [], cutOff: false }, 0)).toEqual({ verdict: 'not-run', reason: 'the case skipped itself' })
  })

  test('is indeterminate when it was cut off', () => {
    expect(outcomeOf({ state: 'skip', errors: [], cutOff: true }, 3)).toEqual({ verdict: 'indeterminate', reason: 'the case was cut off: the run was cancelled while it was at work' })
  })
})
