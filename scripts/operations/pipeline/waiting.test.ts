import { expect, test } from 'vitest'
import { until } from './waiting.ts'

test('ends when nothing is missing any more; a probe that rejects has no answer yet', async () => {
  const answers = [async () => Promise.reject(new Error('refused')), async () => Promise.resolve('a node'), async () => Promise.resolve(undefined)]
  await until(async () => answers.shift()?.() ?? 'nothing left', { seconds: 5, everyMilliseconds: 1 })
  expect(answers).toHaveLength(0)
})

test('gives up with what was missing last', async () => {
  await expect(until(async () => Promise.resolve('pool system has 0 of 1 nodes Ready'), { seconds: 0.02, everyMilliseconds: 5 })).rejects.toMatchObject({
    exitCode: 4,
    message: 'After 0.02 s the platform is not ready: pool system has 0 of 1 nodes Ready. Look at it with `npx plumbline status`, then run `npx plumbline provision` again.',
  })
})

test('an abort ends the waiting at once', async () => {
  const abort = new AbortController()
  setTimeout(() => { abort.abort(new Error('asked to end')) }, 20)
  await expect(until(async () => Promise.resolve('all'), { seconds: 60, signal: abort.signal, everyMilliseconds: 30_000 })).rejects.toThrow()
})
