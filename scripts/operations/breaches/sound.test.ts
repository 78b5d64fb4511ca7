import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { knownSound, rememberSound } from './sound.ts'

let folder = ''
let file = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sound-'))
  file = join(folder, 'work', 'sound.json')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const digest = new Map([['Namespace a', '1'], ['bucket b', '2']])
const none: ReadonlySet<string> = new Set()

test('what was satisfied counts as long as nothing is different', async () => {
  expect(await knownSound(digest, file)).toEqual(none)
  await rememberSound(digest, { cases: ['x/one'], before: none }, file)
  await rememberSound(digest, { cases: ['x/two'], before: await knownSound(digest, file) }, file)
  expect(await knownSound(digest, file)).toEqual(new Set(['x/one', 'x/two']))
  for (const other of [new Map([...digest, ['Secret c', '3']]), new Map([['Namespace a', '9'], ['bucket b', '2']])]) expect(await knownSound(other, file)).toEqual(none)
})

test('it ends two hours after the first look, however often it was added to, and half a file is none', async () => {
  await rememberSound(digest, { cases: ['x/one'], before: none }, file)
  const kept: unknown = JSON.parse(await readFile(file, 'utf8'))
  await writeFile(file, JSON.stringify({ ...kept as object, at: new Date(Date.now() - 2 * 3600 * 1000 + 60_000).toISOString() }))
  await rememberSound(digest, { cases: ['x/two'], before: await knownSound(digest, file) }, file)
  const again = await readFile(file, 'utf8')
  await writeFile(file, again.replace(/"at":"[^"]*"/, `"at":"${new Date(Date.now() - 2 * 3600 * 1000 - 1000).toISOString()}"`))
  expect(await knownSound(digest, file)).toEqual(none)
  await writeFile(file, again.slice(0, 40))
  expect(await knownSound(digest, file)).toEqual(none)
})
