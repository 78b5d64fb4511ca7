import { expect, test } from 'vitest'
import { silent } from '../../../fixtures/sandbox/progress.ts'
import { runStages } from './run.ts'
import type { Stage } from './stage.ts'
import { single } from './stage.ts'

const stage = (name: string, run: Stage['run'], more: Partial<Stage> = {}): Stage => ({ name, run, ...more })
const good = () => Promise.resolve(single(true))

const outcome = async (stages: Stage[], signal = new AbortController().signal) =>
  (await runStages(stages, { report: silent, signal }, () => undefined)).map(({ name, passed, failed, skipped, notes }) => [name, passed, failed, skipped, ...notes])

test('goes on after a stage that fails, with the sentence of what was thrown', async () => {
  expect(await outcome([stage('a', () => Promise.reject(new Error('no space left\nat …'))), stage('b', good)]))
    .toEqual([['a', 0, 1, 0, 'no space left'], ['b', 1, 0, 0]])
})

test('skips what is meaningless behind a failed gate, but cleans up', async () => {
  expect(await outcome([stage('up', () => Promise.resolve(single(false, 'no root')), { gate: true }), stage('conform', good), stage('down', good, { always: true })]))
    .toEqual([['up', 0, 1, 0, 'no root'], ['conform', 0, 0, 1, 'not run: up failed'], ['down', 1, 0, 0]])
})

test('an interruption skips all but the cleaning up, which is not interrupted', async () => {
  const seen: boolean[] = []
  const down = stage('down', ({ signal }) => {
    seen.push(signal.aborted)
    return good()
  }, { always: true })
  expect(await outcome([stage('a', good), down], AbortSignal.abort(new Error('SIGINT')))).toEqual([['a', 0, 0, 1, 'not run: the run was interrupted'], ['down', 1, 0, 0]])
  expect(seen).toEqual([false])
})
