import { expect, test } from 'vitest'
import { pooled } from './pool.ts'

test('everything is done, in order, and never more than the width at once', async () => {
  let [running, most] = [0, 0]
  const results = await pooled([1, 2, 3, 4, 5, 6, 7], 3, async (item, index) => {
    running += 1
    most = Math.max(most, running)
    await Promise.resolve()
    running -= 1
    return `${index}:${item}`
  })
  expect(results).toEqual(['0:1', '1:2', '2:3', '3:4', '4:5', '5:6', '6:7'])
  expect(most).toBe(3)
})

test('after one that fails nothing is begun, also not beside it', async () => {
  const begun: number[] = []
  const work = async (item: number): Promise<void> => {
    begun.push(item)
    await Promise.resolve()
    if (item === 1) throw new Error('no')
  }
  await expect(pooled([1, 2, 3, 4, 5], 2, work)).rejects.toThrow('no')
  await Promise.resolve()
  expect(begun).toEqual([1, 2])
})

test('one that fails ends it, and nothing is nothing', async () => {
  await expect(pooled([1, 2], 1, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await pooled([], 4, () => Promise.resolve(1))).toEqual([])
})
