import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { alone } from './run-lock.ts'

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'plumbline-lock-'))
  onTestFinished(async () => rm(made, { recursive: true }))
  return made
}

test('a second run is refused with who holds the first, and may start after it', async () => {
  const where = await folder()
  await alone(where, async () => {
    await expect(alone(where, async () => Promise.resolve('second'))).rejects.toMatchObject({
      exitCode: 4,
      message: expect.stringMatching(new RegExp(`^Another provision of this target has been running since \\S+ \\(process ${process.pid}\\); wait until it has ended and run again\\.$`)) as string,
    })
  })
  expect(await alone(where, async () => Promise.resolve('third'))).toBe('third')
})

test('a run that fails gives the lock back', async () => {
  const where = await folder()
  await expect(alone(where, async () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(await readdir(where)).toEqual([])
})

test.each([['a dead process', '{"pid":4194399,"since":"2026-01-01"}'], ['half a file', '{"pid":']])('the lock of %s does not count', async (_, text) => {
  const where = await folder()
  await writeFile(join(where, 'provision.lock'), text)
  expect(await alone(where, async () => Promise.resolve('mine'))).toBe('mine')
})
