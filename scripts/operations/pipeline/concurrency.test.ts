import { expect, test } from 'vitest'
import { settleAll } from './concurrency.ts'

test('results keep the order of the items, failures included, and never more run at once than allowed', async () => {
  let running = 0
  let most = 0
  const results = await settleAll([30, 1, 20, 1, 10], 2, async (milliseconds) => {
    running += 1
    most = Math.max(most, running)
    await new Promise((resolve) => { setTimeout(resolve, milliseconds) })
    running -= 1
    if (milliseconds === 20) throw new Error('twenty')
    return milliseconds
  })
  expect(results.map((result) => result.status === 'fulfilled' ? result.value : String(result.reason))).toEqual([30, 1, 'Error: twenty', 1, 10])
  expect(most).toBe(2)
})

test('no items are no work', async () => {
  expect(await settleAll([], 4, async () => Promise.resolve(1))).toEqual([])
})
