import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { UsageFailure } from '../../console/failure.ts'
import { readRun } from './published-run.ts'

const folder = mkdtempSync(join(tmpdir(), 'run-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('says what is missing', async () => {
  await expect(readRun('/nowhere/at/all')).rejects.toThrow('A run folder was expected at /nowhere/at/all, but nothing is there; `npx plumbline conform` publishes one and prints its path.')
  await expect(readRun(folder)).rejects.toThrow(`A run folder was expected at ${folder}, but it holds no results.json.`)
})

test('refuses what does not have the shape of results', async () => {
  writeFileSync(join(folder, 'results.json'), '{"verdict":"conformant"}')
  await expect(readRun(folder)).rejects.toThrow(UsageFailure)
  await expect(readRun(folder)).rejects.toThrow('was expected to hold the results of a run, but it does not have their shape')
})
