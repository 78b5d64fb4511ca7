import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { drawProgress, inWords } from './progress.ts'
import type { Durations } from './durations.ts'

beforeEach(() => vi.useFakeTimers({ now: 0 }))
afterEach(() => vi.useRealTimers())

function drawn({ columns, last }: { columns?: number, last?: number }) {
  const written: string[] = []
  const remembered: [string, number][] = []
  const durations: Durations = { last: () => last, remember: (phase, seconds) => remembered.push([phase, seconds]) }
  vi.stubEnv('NO_COLOR', '1')
  const progress = drawProgress({ write: (text) => written.push(text), columns: () => columns, now: Date.now }, durations)
  vi.unstubAllEnvs()
  return { progress, written, remembered }
}

test('without a terminal there is one line when a phase ends, and a sign of life every half minute', () => {
  const { progress, written, remembered } = drawn({ last: 100 })
  progress.report({ phase: 'sandbox', state: 'started', message: 'three nodes' })
  vi.advanceTimersByTime(29_000)
  expect(written).toEqual([])
  vi.advanceTimersByTime(2_000)
  expect(written).toEqual(['… sandbox  three nodes  30 s, about 70 s left\n'])
  vi.advanceTimersByTime(9_000)
  progress.report({ phase: 'sandbox', state: 'finished', message: 'up' })
  progress.stop()
  expect(written.slice(1)).toEqual(['✔ sandbox up (40 s)\n'])
  expect(remembered).toEqual([['sandbox', 40]])
})

test('on a terminal the live line estimates from what the work says', () => {
  const { progress, written } = drawn({ columns: 80 })
  progress.report({ phase: 'toolchain', state: 'started' })
  vi.advanceTimersByTime(10_000)
  progress.report({ phase: 'toolchain', state: 'progress', message: 'building helm', fraction: 0.25 })
  expect(written.at(-1)).toContain('toolchain  building helm  10 s, about 30 s left')
  progress.report({ phase: 'toolchain', state: 'progress', message: 'building opa', remainingSeconds: 0.2 })
  expect(written.at(-1)).toContain('toolchain  building opa  10 s, nearly done')
  progress.stop()
})

test('a failed phase is not remembered as an estimate', () => {
  const { progress, written, remembered } = drawn({})
  progress.report({ phase: 'provision', state: 'started' })
  progress.report({ phase: 'provision', state: 'failed', message: 'quota exhausted' })
  progress.stop()
  expect(written).toEqual(['✘ provision quota exhausted (0.0 s)\n'])
  expect(remembered).toEqual([])
})

test('says times the way people do', () => {
  expect([inWords(1.44), inWords(47.2), inWords(119.4), inWords(200)]).toEqual(['1.4 s', '47 s', '119 s', '3 min 20 s'])
})
