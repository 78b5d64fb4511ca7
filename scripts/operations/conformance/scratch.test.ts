import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { killedRuns, scratchOf } from './scratch.ts'

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-scratch-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

test('a run at work is not taken for a killed one', async () => {
  const scratch = await scratchOf('A', folder)
  expect(await killedRuns(folder)).toEqual([])
  await scratch.remove()
  expect(existsSync(join(folder, 'A'))).toBe(false)
})

test('a run whose process has ended is found until it is forgotten', async () => {
  await scratchOf('B', folder)
  const ended = spawn('true')
  await new Promise((resolve) => ended.on('close', resolve))
  await writeFile(join(folder, 'B/process'), String(ended.pid))
  const [killed] = await killedRuns(folder)
  expect(killed?.runId).toBe('B')
  await killed?.forget()
  expect(await killedRuns(folder)).toEqual([])
})
