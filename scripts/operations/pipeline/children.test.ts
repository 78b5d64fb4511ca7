import { access, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { ChildFailure, markChildren, plainEnvironment, run } from './children.ts'

const env = plainEnvironment()

test('arguments reach the child as they are, the environment is only what was given', async () => {
  const { stdout } = await run('/bin/sh', ['-c', 'printf "%s|%s|%s" "$1" "$GIVEN" "$SECRET_OF_PARENT"', 'sh', 'a "b" $c'], { env: { ...env, GIVEN: 'yes' } })
  expect(stdout).toBe('a "b" $c|yes|')
})

test('input goes in by standard input', async () => {
  expect((await run('/bin/cat', [], { env, input: 'secret values' })).stdout).toBe('secret values')
})

test('an exit code that is no answer rejects with what the child said', async () => {
  const failing = run('/bin/sh', ['-c', 'echo "Error: no such thing" >&2; exit 3'], { env })
  await expect(failing).rejects.toThrow('sh -c failed with exit code 3: Error: no such thing')
  await expect(failing).rejects.toBeInstanceOf(ChildFailure)
})

test('an exit code that is an answer resolves', async () => {
  expect((await run('/bin/sh', ['-c', 'exit 2'], { env, answers: [2] })).code).toBe(2)
})

test('an abort interrupts the child, waits for its orderly end and rejects with the reason', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-child-'))
  onTestFinished(async () => rm(folder, { recursive: true }))
  const abort = new AbortController()
  const script = 'trap "sleep 0.2; echo once >> ended; exit 0" INT; touch ready; while :; do sleep 0.05; done'
  const child = run('/bin/bash', ['-c', script], { env, cwd: folder, signal: abort.signal })
  const ended = expect(child).rejects.toThrow('asked to end')
  await vi.waitFor(async () => access(join(folder, 'ready')), { timeout: 10_000 })
  abort.abort(new Error('asked to end'))
  await ended
  expect(await readFile(join(folder, 'ended'), 'utf8')).toBe('once\n')
})

test('nothing is started after an abort', async () => {
  await expect(run('/bin/true', [], { env, signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow('too late')
})

test('a child that outlives us writes to files; its output and failures are the same, and the files go', async () => {
  const before = (await readdir(tmpdir())).filter((name) => name.startsWith('plumbline-output-')).length
  expect(await run('/bin/sh', ['-c', 'echo out; echo err >&2'], { env, outlives: true })).toEqual({ code: 0, stdout: 'out\n', stderr: 'err\n' })
  await expect(run('/bin/sh', ['-c', 'echo "Error: refused" >&2; exit 1'], { env, outlives: true })).rejects.toThrow('sh -c failed with exit code 1: Error: refused')
  expect((await readdir(tmpdir())).filter((name) => name.startsWith('plumbline-output-')).length).toBeLessThanOrEqual(before)
})

test('children carry the id of the run that started them', async () => {
  markChildren('01RUN')
  onTestFinished(() => markChildren(undefined))
  expect((await run('/bin/sh', ['-c', 'printf "$PLUMBLINE_RUN"'], { env })).stdout).toBe('01RUN')
})
