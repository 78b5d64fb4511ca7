import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { beginJournal, journalsIn } from './journal.ts'

let folder = ''
beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'drills-')) })
afterEach(async () => { await rm(folder, { recursive: true }) })

const first = { runId: '01ABC', drill: 'chart-rollback', target: 'sandbox', process: { pid: 7, start: '99' }, startedAt: '2026-11-28T10:00:00.000Z', renews: [] } as const
const before = { at: '2026-11-28T10:00:01.000Z', things: { 'Service a/b': 'f'.repeat(64) }, counters: {} }

test('each promise is on disk, for nobody else to read, before what it undoes is done, and all is gone when all is as it was', async () => {
  const journal = await beginJournal(folder, { ...first, renews: [] })
  expect((await journalsIn(folder)).map((one) => one.journal)).toEqual([{ version: 1, ...first, before: null, undo: [] }])
  await journal.took(before)
  await journal.promise({ title: 'the releases of the files', command: 'npx plumbline provision' })
  await journal.promise({ title: 'the node takes pods', command: 'kubectl uncordon node1' })
  const [found] = await journalsIn(folder)
  expect(found?.journal).toMatchObject({ before, undo: [{ command: 'npx plumbline provision' }, { command: 'kubectl uncordon node1' }] })
  expect((await stat(found?.file ?? '')).mode & 0o777).toBe(0o600)
  await journal.close()
  expect(await journalsIn(folder)).toEqual([])
})

test('a journal that cannot be read is found all the same, and no folder is no journal', async () => {
  await writeFile(join(folder, '01DEF.json'), '{"version":1')
  expect(await journalsIn(folder)).toEqual([{ file: join(folder, '01DEF.json'), journal: undefined }])
  expect(await journalsIn(join(folder, 'nowhere'))).toEqual([])
})
