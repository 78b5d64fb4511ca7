import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { undoAll } from './undo.ts'

let folder = ''
beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'undo-')) })
afterEach(async () => { await rm(folder, { recursive: true }) })

const surroundings = () => ({ path: ['/usr/bin', '/bin'], variables: { FOLDER: folder } })
const soon = { milliseconds: 60, bounds: 'a test', source: 'a test' }
const undo = (title: string, command: string) => ({ title, command })

test('undo commands run last one first, and one that fails keeps none from being run', async () => {
  const done = await undoAll([undo('a', 'echo a >> "$FOLDER/said"'), undo('b', 'echo no way >&2; exit 3'), undo('c', 'echo c >> "$FOLDER/said"')], surroundings(), () => {}, soon)
  expect(done.map(({ title, outcome, why }) => [title, outcome, why])).toEqual([['c', 'done', undefined], ['b', 'failed', 'it ended with exit code 3: no way'], ['a', 'done', undefined]])
  expect(await readFile(join(folder, 'said'), 'utf8')).toBe('c\na\n')
})

test('one that fails at first is tried again', async () => {
  const command = 'test -e "$FOLDER/tried" || { touch "$FOLDER/tried"; exit 1; }'
  expect(await undoAll([undo('busy', command)], surroundings(), () => {}, { ...soon, milliseconds: 2000 })).toMatchObject([{ outcome: 'done' }])
})
