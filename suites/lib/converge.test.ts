import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { converge, settledWithin, within } from './converge.ts'
import type { Budget } from './budgets.ts'

const budget = (milliseconds: number): Budget => ({ milliseconds, bounds: 'a test', source: 'a test' })

function replay<T>(values: readonly T[]): () => Promise<T> {
  let index = 0
  return () => {
    const value = values[Math.min(index, values.length - 1)]
    index += 1
    return value === undefined ? Promise.reject(new Error('nothing to replay')) : Promise.resolve(value)
  }
}

describe('converge', () => {
  test('wants as many equal observations in a row as asked', async () => {
    const found = await converge(replay(['a', 'b', 'b', 'a', 'b', 'b', 'b']), budget(1000), { consecutive: 3, every: 0 })
    expect(found).toMatchObject({ value: 'b', converged: true, attempts: 7 })
  })

  test('does not count observations that are not the wanted ones', async () => {
    const found = await converge(replay([1, 1, 1, 2, 2]), budget(1000), { until: (value) => value === 2, every: 0 })
    expect(found).toMatchObject({ value: 2, converged: true, attempts: 5 })
  })

  test('reports the last observation when the budget runs out', async () => {
    const found = await converge(replay(['waiting']), budget(30), { until: () => false, every: 10 })
    expect(found.converged).toBe(false)
    expect(found.value).toBe('waiting')
    expect(found.attempts).toBeGreaterThan(1)
  })

  test('passes on what the probe throws', async () => {
    await expect(converge(() => Promise.reject(new Error('no API server')), budget(100))).rejects.toThrow('no API server')
  })

  test('never calls a sequence converged whose last observations differ', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom('x', 'y'), { minLength: 2, maxLength: 12 }), async (values) => {
      const tail = [...values, 'end', 'end']
      const found = await converge(replay(tail), budget(1000), { consecutive: 2, every: 0 })
      const first = tail.findIndex((value, index) => index > 0 && tail[index - 1] === value)
      expect(found.attempts).toBe(first + 1)
    }))
  })
})

describe('within', () => {
  test('says what was expected when the budget is used up, and stops the work', async () => {
    let stopped = false
    const never = new Promise<string>(() => {})
    await expect(within(never, budget(20), 'an answer from staging/exposed-1', () => { stopped = true }))
      .rejects.toThrow('expected an answer from staging/exposed-1 within 0.02 s, but it took longer')
    expect(stopped).toBe(true)
  })

  test('gives the value when it comes in time', async () => {
    expect(await within(Promise.resolve(7), budget(1000), 'a number')).toBe(7)
  })

  test('settledWithin tells an end from none', async () => {
    expect(await settledWithin(Promise.reject(new Error('over')), budget(1000))).toBe(true)
    expect(await settledWithin(new Promise(() => {}), budget(10))).toBe(false)
  })
})
