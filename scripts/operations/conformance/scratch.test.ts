import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { killedRuns, scratchOf, writingTo } from './scratch.ts'

let places = { folder: '', temporary: '' }
let root = ''

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'plumbline-scratch-'))
  places = { folder: join(root, 'runs'), temporary: join(root, 'tmp') }
  await mkdir(places.temporary)
})

afterEach(async () => {
  await rm(root, { recursive: true, force: true })
})

const end = async (child: ChildProcess) => new Promise((resolve) => child.on('close', (_, signal) => resolve(signal)))

/** A run of a process that has ended. */
async function killed(runId: string) {
  const scratch = await scratchOf(runId, places)
  const ended = spawn('true')
  await end(ended)
  await writeFile(join(places.folder, runId, 'process'), String(ended.pid))
  return scratch
}

test('a run at work is not taken for a killed one, and leaves nothing when it ends', async () => {
  const scratch = await scratchOf('A', places)
  expect(await killedRuns(places)).toEqual([])
  await scratch.remove()
  expect([existsSync(join(places.folder, 'A')), existsSync(scratch.temporary)]).toEqual([false, false])
})

test('a run whose process has ended is found until it is forgotten', async () => {
  await killed('B')
  const [found] = await killedRuns(places)
  expect(found?.runId).toBe('B')
  await found?.forget()
  expect(await killedRuns(places)).toEqual([])
})

test('what a killed run wrote for the moment is removed, and what its readers left running is ended; what else it began is not', async () => {
  const { temporary } = await killed('C')
  const home = join(temporary, 'plumbline-guide-x')
  await mkdir(home)
  const left = spawn('sleep', ['60'], { env: { ...process.env, TMPDIR: home } })
  const pipeline = spawn('sleep', ['60'], { env: { ...process.env, TMPDIR: temporary } })
  const ended = end(left)
  const [found] = await killedRuns(places)
  await found?.tidy()
  expect(await ended).toBe('SIGTERM')
  expect(existsSync(temporary)).toBe(false)
  expect(pipeline.exitCode ?? pipeline.signalCode).toBeNull()
  pipeline.kill()
})

test('what is written for the moment lies in the folder of the run, and afterwards where it did before', async () => {
  const before = tmpdir()
  expect(await writingTo(places.temporary, async () => Promise.resolve(tmpdir()))).toBe(places.temporary)
  expect(tmpdir()).toBe(before)
})
